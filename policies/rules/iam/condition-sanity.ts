import { documentRule } from "../../facts/document-rule.ts";
import { iamConditionSanity } from "../../iam/checks/iam-condition-sanity.ts";

export const rule = documentRule(iamConditionSanity, {
  why: "A condition that limits nothing looks like a lock and is none.",
  source: "IAM user guide, condition operators; IAM Access Analyzer ValidatePolicy",
  severity: "medium",
});
