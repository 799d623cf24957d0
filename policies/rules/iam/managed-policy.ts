import { documentRule } from "../../facts/document-rule.ts";
import { covers } from "../../waivers.ts";
import { texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { iamManagedPolicy } from "../../iam/checks/iam-managed-policy.ts";

const mark = ":iam::aws:policy/";

export const rule = documentRule(iamManagedPolicy, {
  why: "AWS-managed policies serve everybody, so they fit nobody, and AWS widens them without asking.",
  source: "cdk-nag AwsSolutions-IAM4; IAM user guide, AWS-managed policies",
  severity: "medium",
  level: "mandatory",
  options: {
    allowed: {
      type: "array",
      items: { type: "string" },
      // API Gateway looks for what this one holds before it takes the role
      default: ["service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
      description: "Paths of AWS-managed policies that may be attached; `*` stands for any characters.",
    },
  },
  *also(holders, options) {
    const allowed = texts(options, "allowed");
    for (const { arn, by } of holders.flatMap(({ managed }) => managed)) {
      const path = arn.slice(arn.indexOf(mark) + mark.length);
      if (!arn.includes(mark) || allowed.some((pattern) => covers(pattern, path))) continue;
      yield { found: `the policy ${shown(path)} of AWS is attached`, resource: by };
    }
  },
});
