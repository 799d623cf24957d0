import { rule } from "../../../../policies/rules/iam/blast-radius.ts";
import { account, allow, assume, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = (name: string) => `arn:aws:sqs:eu-west-1:${account}:${name}`;
const queues = ["orders", "refunds"].map((name) =>
  resource("aws:sqs/queue:Queue", { name }, { name, outputs: { arn: arn(name) } }),
);

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
  },
  passes: {
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
