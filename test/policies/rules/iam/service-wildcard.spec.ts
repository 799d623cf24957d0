import { rule } from "../../../../policies/rules/iam/service-wildcard.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "a whole service": { of: holding(allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:orders")), says: "sqs:*" },
  },
  passes: {
    "a service that supports nothing narrower": { of: holding(allow("ssmmessages:*", "*")) },
    "listed actions": {
      of: holding(allow(["sqs:SendMessage", "sqs:GetQueueUrl"], "arn:aws:sqs:eu-west-1:123456789012:orders")),
    },
  },
});
