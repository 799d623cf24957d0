import { documentRule } from "../../facts/document-rule.ts";
import { iamPermissionsManagement } from "../../iam/checks/iam-permissions-management.ts";

export const rule = documentRule(iamPermissionsManagement, {
  why: "Who may write a resource's policy can open it to anybody, whatever the program says.",
  source: "AWS Well-Architected SEC03-BP02; access level Permissions management",
  severity: "high",
});
