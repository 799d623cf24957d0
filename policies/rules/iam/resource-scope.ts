import { documentRule } from "../../facts/document-rule.ts";
import { iamResourceScope } from "../../iam/checks/iam-resource-scope.ts";

export const rule = documentRule(iamResourceScope, {
  why: "One leaked credential then reaches the neighbours' resources, too.",
  source: "AWS Well-Architected SEC03-BP02; NIST SP 800-53 AC-6",
  severity: "high",
});
