import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-stage-require-tracing",
  topic: "logging",
  holds: "a stage of a REST API starts a trace for its requests",
  why: "A trace that begins behind the gateway cannot show the time a request spent in it.",
  fix: "set xrayTracingEnabled to true",
  source: "AWS Security Hub APIGateway.3",
  severity: "low",
  level: { dev: "advisory", prod: "mandatory" },
  types: ["aws:apigateway/stage:Stage"],
  *check({ props }) {
    if (!flag(props, "xrayTracingEnabled")) yield "xrayTracingEnabled is not true";
  },
};
