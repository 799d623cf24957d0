import { rule } from "../../../../policies/rules/iam/role-separation.ts";
import { fn, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const task = (name: string, executes: string, runs: string) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { executionRoleArn: arn(executes), taskRoleArn: arn(runs) },
    { name },
  );

laws(rule, {
  violates: {
    "two functions with one role": {
      of: [role("a"), fn("orders", "a"), fn("invoices", "a")],
      says: "it runs as a, as orders does",
    },
    "a task whose code runs as the role that starts it": {
      of: [role("a"), task("orders", "a", "a")],
      says: "are the same role, a",
    },
    "a function that runs as a task's role": {
      of: [role("a"), role("b"), task("orders", "a", "b"), fn("invoices", "b")],
      says: "it runs as b",
    },
  },
  passes: {
    "a role each": { of: [role("a"), role("b"), fn("orders", "a"), fn("invoices", "b")] },
    "two tasks that share the role that starts them": {
      of: [role("a"), role("b"), role("c"), task("orders", "a", "b"), task("invoices", "a", "c")],
    },
    "roles of another stack": { of: [fn("orders", "far"), fn("invoices", "far")] },
  },
});
