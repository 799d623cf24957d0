import { documentRule } from "../../facts/document-rule.ts";
import { iamPrivilegeEscalation } from "../../iam/checks/iam-privilege-escalation.ts";

export const rule = documentRule(iamPrivilegeEscalation, {
  why: "A few harmless-looking actions together are administration: pass a role to a function, then call the function.",
  source: "policies/data/escalations.json, 175 ways with their sources",
  severity: "critical",
});
