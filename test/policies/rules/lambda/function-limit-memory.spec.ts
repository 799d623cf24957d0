import { rule } from "../../../../policies/rules/lambda/function-limit-memory.ts";
import { laws, resource } from "../../laws.ts";

const fn = (memorySize: number) => [resource("aws:lambda/function:Function", { memorySize })];

laws(rule, {
  violates: { "ten times too much": { of: fn(5120), says: "memorySize is 5120, allowed are 2048" } },
  passes: {
    "as much as allowed": { of: fn(2048) },
    "more where the stack allows it": { of: fn(5120), options: { maxMiB: 8192 } },
  },
});
