import { rule } from "../../../../policies/rules/iam/no-new-access.ts";
import { account, allow, assume, deny, grant, holding, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const statement = (one: object) => ({ Version: "2012-10-17", Statement: [one] });
const snapshot = {
  principals: {
    worker: {
      trust: statement(assume({ Service: "lambda.amazonaws.com" })),
      policies: { "worker-grant": statement(allow("sqs:SendMessage", queue.replace(account, "<account>"))) },
      managed: [],
    },
  },
  resources: {},
};

laws(rule, {
  violates: {
    "a new action": {
      of: holding(allow(["sqs:SendMessage", "sqs:PurgeQueue"], queue)),
      options: { snapshot },
      says: "worker gains sqs:PurgeQueue on arn:aws:sqs:eu-west-1:<account>:orders",
    },
    "a wider resource": {
      of: holding(allow("sqs:SendMessage", `${queue}*`)),
      options: { snapshot },
      says: "worker gains sqs:SendMessage on arn:aws:sqs:eu-west-1:<account>:orders*",
    },
    "a role that is new": {
      of: [...holding(allow("sqs:SendMessage", queue)), role("more"), grant("more", allow("sqs:SendMessage", queue))],
      options: { snapshot },
      says: "more gains",
    },
    "a second service": {
      of: [
        role("worker", {
          assumeRolePolicy: JSON.stringify({
            Statement: [assume({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] })],
          }),
        }),
      ],
      options: { snapshot },
      says: "ec2.amazonaws.com as worker gains sts:AssumeRole",
    },
    "a policy of AWS": {
      of: [
        ...holding(allow("sqs:SendMessage", queue)),
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
          role: "worker",
          policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }),
      ],
      options: { snapshot },
      says: "policy/ReadOnlyAccess",
    },
    "a stranger's queue": {
      of: holding(allow("sqs:SendMessage", queue.replace(account, "210987654321"))),
      options: { snapshot },
      says: "worker gains sqs:SendMessage on arn:aws:sqs:eu-west-1:210987654321:orders",
    },
  },
  passes: {
    "the same": { of: holding(allow("sqs:SendMessage", queue)), options: { snapshot } },
    "the same in other words": {
      of: holding(allow(["sqs:sendmessage"], [queue]), allow("sqs:SendMess*", queue)),
      options: { snapshot },
    },
    less: { of: holding(allow("sqs:SendMessage", queue), deny("sqs:*", "*")), options: { snapshot } },
    "a stack that is not compared": { of: holding(allow("*", "*")) },
  },
});
