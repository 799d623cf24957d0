import { documentRule } from "../../facts/document-rule.ts";
import { iamNoAdmin } from "../../iam/checks/iam-no-admin.ts";

export const rule = documentRule(iamNoAdmin, {
  why: "Who may do nearly everything owns the account, and so does whoever gets hold of the code that runs as it.",
  source: "CIS AWS Foundations 1.16; AWS Well-Architected SEC03-BP02",
  severity: "critical",
});
