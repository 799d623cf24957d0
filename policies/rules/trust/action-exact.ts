import { documentRule } from "../../facts/document-rule.ts";
import { trustActionExact } from "../../iam/checks/trust-action-exact.ts";

export const rule = documentRule(trustActionExact, {
  why: "A wildcard also allows what nobody meant: sessions with a source identity, tags or a context of the caller's choice.",
  source: "IAM user guide, AWS STS actions in a trust policy",
  severity: "medium",
});
