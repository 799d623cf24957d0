import { amount } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-function-limit-memory",
  topic: "cost",
  holds: "a function has no more memory than the stack allows",
  why: "Memory is what Lambda bills by the millisecond; a slip of the pen here is ten times the bill.",
  fix: "lower memorySize, or raise the limit in the pack's configuration of the stack",
  source: "AWS Lambda pricing, duration by memory",
  severity: "low",
  level: "advisory",
  options: {
    maxMiB: { type: "integer", minimum: 128, maximum: 10240, default: 2048, description: "Most memory, MiB." },
  },
  types: ["aws:lambda/function:Function"],
  *check({ props }, options) {
    const [size, max] = [amount(props, "memorySize") ?? 128, amount(options, "maxMiB") ?? Infinity];
    if (size > max) yield `memorySize is ${size}, allowed are ${max}`;
  },
};
