import { rule } from "../../../../policies/rules/iam/resource-scope.ts";
import { allow, grant, holding, role } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "every queue": {
      of: holding(allow("sqs:SendMessage", "*")),
      says: "policy statement #0: sqs:SendMessage on every resource",
    },
    "an inline policy of a role": {
      of: [
        role("worker", {
          inlinePolicies: [{ name: "send", policy: JSON.stringify({ Statement: [allow("sqs:SendMessage", "*")] }) }],
        }),
      ],
      says: "inlinePolicies.0.policy statement #0: sqs:SendMessage",
    },
    "a document of which a part is known": {
      of: [
        role("worker"),
        {
          ...grant("worker"),
          props: {
            role: "worker",
            policy: {
              Version: "2012-10-17",
              Statement: [
                allow("sqs:SendMessage", "*"),
                allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"),
              ],
            },
          },
        },
      ],
      says: "statement #0: sqs:SendMessage",
    },
  },
  passes: {
    "one queue": { of: holding(allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders")) },
    "an action that supports nothing narrower": { of: holding(allow("ecr:GetAuthorizationToken", "*")) },
    "a policy that is no JSON text": {
      of: [
        role("worker"),
        {
          ...grant("worker"),
          props: {
            role: "worker",
            policy: { Statement: [allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders")] },
          },
        },
      ],
    },
  },
});
