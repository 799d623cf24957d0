import type { Tier } from "../tier.ts";

/** One metric of the new version. */
export interface TriggerMetric {
  /**
   * Where it lives: Lambda's own metrics of the version behind the alias, what is counted in the function's log, the load balancer's metrics
   * of a slot's target group, or Container Insights' of its service.
   */
  source: "lambda" | "log" | "targets" | "tasks";
  name: string;
  /** CloudWatch statistic. */
  statistic: "Sum" | "Average" | "Minimum" | "p95";
}

/** What takes a new version off the traffic. All numbers of the rollback alarms come from these rows. */
export interface RollbackTrigger {
  /** Last word of the alarm's name. */
  id: string;
  /** What is measured, for people. */
  title: string;
  /** Metrics by the word under which `expression` knows them. */
  metrics: Readonly<Record<string, TriggerMetric>>;
  /** Metric math over `metrics`; the alarm fires above `threshold`. */
  expression: string;
  threshold: number;
  /** Minutes in a row that must breach, by tier. */
  minutes: Readonly<Record<Tier, number>>;
  /** Where the number comes from. */
  source: string;
}

/** Name of the metric that counts answers of 500 and above in a function's log. */
export const serverErrorsMetric = "ServerErrors";

const runs: TriggerMetric = { source: "lambda", name: "Invocations", statistic: "Sum" };

/** At a tenth of the traffic ten failures a minute are many; a small service would never have them. Hence the share of `runs`, from three up. */
export const many = (failures: string) => `${failures} > 10 OR (${failures} >= 3 AND ${failures} * 20 > FILL(runs, 0))`;

/**
 * The rollback triggers of a function. They look at the new version alone: a live version that is broken does not keep its
 * own repair off the traffic. A missing metric means no traffic, which is no trouble.
 */
export const rollbackTriggers: readonly RollbackTrigger[] = [
  {
    id: "errors",
    title: "failed runs of the new version",
    metrics: { errors: { source: "lambda", name: "Errors", statistic: "Sum" }, runs },
    expression: `IF(${many("errors")}, errors, 0)`,
    threshold: 0,
    minutes: { dev: 1, prod: 1 },
    source: "more than 10 a minute, as for a load balancer's targets; or 5 % from three up, for small traffic",
  },
  {
    id: "server-errors",
    title: "answers 5xx of the new version",
    metrics: { failures: { source: "log", name: serverErrorsMetric, statistic: "Sum" }, runs },
    expression: `IF(${many("failures")}, failures, 0)`,
    threshold: 0,
    minutes: { dev: 1, prod: 1 },
    source: "more than 10 a minute, as for a load balancer's targets; or 5 % from three up, for small traffic",
  },
  {
    id: "duration",
    title: "95th percentile of the new version's time to answer, ms",
    metrics: { duration: { source: "lambda", name: "Duration", statistic: "p95" }, runs },
    // A single cold start is no percentile.
    expression: "IF(runs >= 3, duration, 0)",
    threshold: 5000,
    minutes: { dev: 1, prod: 5 },
    source: "5 s over five minutes, as for a load balancer's targets",
  },
];
