import { balancerTypes } from "../../facts/load-balancers.ts";
import { flag, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lb-load-balancer-require-access-logs",
  topic: "logging",
  holds: "a load balancer writes who asked for what",
  why: "Without an access log nobody can tell afterwards what an intruder, or a broken client, asked for.",
  fix: "set accessLogs with a bucket and enabled true",
  source: "AWS Security Hub ELB.5",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  types: balancerTypes,
  *check({ props }) {
    if (!flag(props, "accessLogs.enabled") || !text(props, "accessLogs.bucket")) yield "accessLogs are off";
  },
};
