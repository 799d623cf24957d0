import { rule } from "../../../../policies/rules/iam/blast-radius.ts";
import { account, allow, assume, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = (name: string) => `arn:aws:sqs:eu-west-1:${account}:${name}`;
const queues = ["orders", "refunds"].map((name) =>
  resource("aws:sqs/queue:Queue", { name }, { name, outputs: { arn: arn(name) } }),
);

const named = (name: string) =>
  resource("aws:sqs/queue:Queue", { name }, { name: "queue", outputs: { arn: arn(name) } });
const trusting = (principal: object, condition?: object) =>
  role("worker", { assumeRolePolicy: JSON.stringify({ Statement: [assume(principal, condition)] }) });
const tagged = { Condition: { StringEquals: { "aws:ResourceTag/stack": "dev" } } };
const within = (stack: string) => ({ max: 8, stack, kept: ["prod"] });
const principal = (name: string) => `arn:aws:iam::${account}:role/${name}`;

laws(rule, {
  violates: {
    "two queues": {
      of: [...queues, role("worker"), grant("worker", allow(["sqs:SendMessage", "sqs:ReceiveMessage"], "*"))],
      options: { max: 3 },
      says: "it reaches 4 of at most 3: read orders, write orders, read refunds, write refunds",
    },
    "a queue through another role": {
      of: [
        ...queues,
        role("worker"),
        role("other", {
          assumeRolePolicy: JSON.stringify({ Statement: [assume({ AWS: `arn:aws:iam::${account}:role/worker` })] }),
        }),
        grant("worker", allow("sts:AssumeRole", `arn:aws:iam::${account}:role/other`)),
        grant("other", allow("sqs:SendMessage", arn("orders"))),
      ],
      options: { max: 0 },
      says: "through 1 more roles",
    },
    "the database": {
      of: [
        resource("aws:rds/instance:Instance", {}, { name: "database" }),
        role("worker"),
        grant("worker", allow("rds-db:connect", "*")),
      ],
      options: { max: 0 },
      says: "connect database",
    },
    "a role of dev that names a queue of prod": {
      of: [role("worker"), grant("worker", allow("sqs:SendMessage", arn("slipway-prod-orders")))],
      options: within("dev"),
      says: `policy statement #0 reaches ${arn("slipway-prod-orders")} of the stack prod`,
    },
    "a pattern of dev that covers the same queue of prod": {
      of: [named("slipway-dev-orders"), role("worker"), grant("worker", allow("sqs:SendMessage", arn("slipway-*")))],
      options: within("dev"),
      says: `reaches ${arn("slipway-prod-orders")} of the stack prod`,
    },
    "a role of dev that reaches everything of a kind": {
      of: [named("slipway-dev-orders"), role("worker"), grant("worker", allow("sqs:SendMessage", "*"))],
      options: within("dev"),
      says: "of the stack prod",
    },
    "a role of prod that a role of dev may become": {
      of: [trusting({ AWS: principal("slipway-dev-worker") })],
      options: within("prod"),
      says: `lets ${principal("slipway-dev-worker")} of the stack dev in`,
    },
    "a role of prod that anybody named like its own may become": {
      of: [
        trusting({ AWS: account }, { ArnLike: { "aws:PrincipalArn": principal("slipway-*") } }),
        role("other", {}, { outputs: { arn: principal("slipway-prod-other") } }),
      ],
      options: within("prod"),
      says: "of the stack dev in",
    },
  },
  passes: {
    "a pattern of dev that stays in dev": {
      of: [
        named("slipway-dev-orders"),
        role("worker"),
        grant("worker", allow("sqs:SendMessage", arn("slipway-dev-*"))),
      ],
      options: within("dev"),
    },
    "everything of a kind that carries the tag of dev": {
      of: [named("slipway-dev-orders"), role("worker"), grant("worker", allow("sqs:SendMessage", "*", tagged))],
      options: within("dev"),
    },
    "everything, where AWS knows nothing narrower": {
      of: [named("slipway-dev-orders"), role("worker"), grant("worker", allow("xray:PutTraceSegments", "*"))],
      options: within("dev"),
    },
    "prod's own queue": {
      of: [role("worker"), grant("worker", allow("sqs:SendMessage", arn("slipway-prod-orders")))],
      options: within("prod"),
    },
    "a role of prod that prod's own may become": {
      of: [trusting({ AWS: principal("slipway-prod-worker") })],
      options: within("prod"),
    },
    "a role of dev that a role of staging may become": {
      of: [trusting({ AWS: principal("slipway-staging-worker") })],
      options: within("dev"),
    },
    "a name in which another stack's is only a part of a word": {
      of: [role("worker"), grant("worker", allow("sqs:SendMessage", arn("slipway-dev-products")))],
      options: within("dev"),
    },
    "one queue": {
      of: [...queues, role("worker"), grant("worker", allow("sqs:SendMessage", arn("orders")))],
      options: { max: 1 },
    },
    "queues of others": {
      of: [...queues, role("worker"), grant("worker", allow("sqs:SendMessage", arn("elsewhere")))],
      options: { max: 0 },
    },
  },
});
