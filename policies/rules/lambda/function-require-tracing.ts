import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-function-require-tracing",
  topic: "logging",
  holds: "a function takes part in traces",
  why: "A trace with a hole where the function is cannot tell which part of a slow request was slow.",
  fix: 'set tracingConfig.mode to "Active"',
  source: "AWS Security Hub Lambda.7",
  severity: "low",
  level: { dev: "advisory", prod: "mandatory" },
  types: ["aws:lambda/function:Function"],
  *check({ props }) {
    const mode = text(props, "tracingConfig.mode");
    if (mode !== "Active") yield `tracingConfig.mode is ${shown(mode)}`;
  },
};
