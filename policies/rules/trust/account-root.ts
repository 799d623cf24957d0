import { documentRule } from "../../facts/document-rule.ts";
import { trustAccountRoot } from "../../iam/checks/trust-account-root.ts";

export const rule = documentRule(trustAccountRoot, {
  why: "Naming an account trusts whoever its administrators let in, today and later.",
  source: "IAM user guide, access to third-party accounts; checkov CKV_AWS_61",
  severity: "high",
});
