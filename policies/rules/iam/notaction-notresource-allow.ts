import { documentRule } from "../../facts/document-rule.ts";
import { iamNotActionNotResourceAllow } from "../../iam/checks/iam-notaction-notresource-allow.ts";

export const rule = documentRule(iamNotActionNotResourceAllow, {
  why: "Everything nobody thought of is allowed, today's and tomorrow's.",
  source: "IAM user guide, NotAction and NotResource with Allow",
  severity: "high",
});
