import { amount } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "logs-log-group-require-retention",
  topic: "logging",
  holds: "a log group keeps its events for a chosen time",
  why: "CloudWatch keeps events for ever unless told otherwise: the bill grows without end, and so does what may leak.",
  fix: "set retentionInDays to a number of days within the allowed range",
  source: "AWS Security Hub CloudWatch.16",
  severity: "medium",
  level: "mandatory",
  options: {
    minDays: { type: "integer", minimum: 1, default: 7, description: "Fewest days events are kept." },
    maxDays: { type: "integer", minimum: 1, default: 400, description: "Most days events are kept." },
  },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  *check({ props }, options) {
    const days = amount(props, "retentionInDays") ?? 0;
    const [min, max] = [amount(options, "minDays") ?? 1, amount(options, "maxDays") ?? Infinity];
    if (days === 0) yield "events are kept for ever";
    else if (days < min || days > max) yield `retentionInDays is ${days}, allowed are ${min} to ${max}`;
  },
};
