import { rule } from "../../../../policies/rules/iam/passrole-exact.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

const passed = { Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } };

laws(rule, {
  violates: {
    "any service": {
      of: holding(allow("iam:PassRole", "arn:aws:iam::123456789012:role/task")),
      says: "to any service",
    },
    "any role": { of: holding(allow("iam:PassRole", "*", passed)), says: "on any role" },
  },
  passes: {
    "one role to one service": { of: holding(allow("iam:PassRole", "arn:aws:iam::123456789012:role/task", passed)) },
  },
});
