import { documentRule } from "../../facts/document-rule.ts";
import { iamDataAccessScope } from "../../iam/checks/iam-data-access-scope.ts";

export const rule = documentRule(iamDataAccessScope, {
  why: "Data is what an intruder comes for: one open read of secrets is all the secrets of the account.",
  source: "NIST SP 800-53 AC-6; AWS Well-Architected SEC03-BP02",
  severity: "critical",
});
