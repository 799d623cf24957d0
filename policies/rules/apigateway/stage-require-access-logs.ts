import { text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-stage-require-access-logs",
  topic: "logging",
  holds: "a stage of a REST API writes who asked for what",
  why: "Without an access log nobody can tell afterwards what an intruder, or a broken client, asked for.",
  fix: "set accessLogSettings with destinationArn and format",
  source: "AWS Security Hub APIGateway.9",
  severity: "medium",
  level: "mandatory",
  types: ["aws:apigateway/stage:Stage"],
  *check({ props }) {
    if (!text(props, "accessLogSettings.destinationArn")) yield "accessLogSettings has no destination";
    else if (!text(props, "accessLogSettings.format")) yield "accessLogSettings has no format";
  },
};
