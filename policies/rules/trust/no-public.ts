import { documentRule } from "../../facts/document-rule.ts";
import { trustNoPublic } from "../../iam/checks/trust-no-public.ts";

export const rule = documentRule(trustNoPublic, {
  why: "Whoever may assume a role has its rights: an open door needs no key.",
  source: "IAM user guide, role trust policies; checkov CKV_AWS_60",
  severity: "critical",
});
