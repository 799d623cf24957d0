import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-performance-insights",
  topic: "logging",
  holds: "a database keeps what its sessions waited for",
  why: "When the database is slow, its metrics say that it is; which statement it waits for is known only if it was recorded then.",
  fix: "set performanceInsightsEnabled to true",
  source: "checkov CKV_AWS_353; Amazon RDS user guide, Performance Insights",
  severity: "low",
  level: { dev: "disabled", prod: "mandatory" },
  types: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
  *check({ props }) {
    if (!flag(props, "performanceInsightsEnabled")) yield "performanceInsightsEnabled is not true";
  },
};
