import { rule } from "../../../../policies/rules/ecs/task-definition-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const task = (container: object) => [
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify([{ name: "app", ...container }]),
  }),
];

laws(rule, {
  violates: {
    "a password": {
      of: task({ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
      says: "environment variable DB_PASSWORD looks like",
    },
  },
  passes: {
    "the ARN of a secret": {
      of: task({
        secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1y2z3" }],
      }),
    },
    "a plain setting": { of: task({ environment: [{ name: "PORT", value: "8080" }] }) },
  },
});
