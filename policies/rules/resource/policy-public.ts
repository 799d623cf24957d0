import { documentRule } from "../../facts/document-rule.ts";
import { resourcePolicyPublic } from "../../iam/checks/resource-policy-public.ts";

export const rule = documentRule(resourcePolicyPublic, {
  why: "An open resource policy needs no identity at all: the whole internet holds the permission.",
  source: "AWS Well-Architected SEC03-BP07; checkov CKV_AWS_70",
  severity: "critical",
});
