import { documentRule } from "../../facts/document-rule.ts";
import { iamPassRoleExact } from "../../iam/checks/iam-passrole-exact.ts";

export const rule = documentRule(iamPassRoleExact, {
  why: "Passing a role lends its rights: without names anybody's rights, without a service to anything that runs code.",
  source: "IAM Access Analyzer security warnings on PassRole",
  severity: "high",
});
