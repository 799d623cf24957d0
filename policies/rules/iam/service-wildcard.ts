import { documentRule } from "../../facts/document-rule.ts";
import { iamServiceWildcard } from "../../iam/checks/iam-service-wildcard.ts";

export const rule = documentRule(iamServiceWildcard, {
  why: "A wildcard over a service grows with each action that AWS adds, and mixes reading with deleting.",
  source: "AWS Well-Architected SEC03-BP02; cdk-nag AwsSolutions-IAM5",
  severity: "high",
});
