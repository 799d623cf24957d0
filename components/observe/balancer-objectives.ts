import type { Objective } from "./objectives.ts";

/** What must hold for an application load balancer itself. */
export const balancerObjectives: readonly Objective[] = [
  {
    id: "own-errors",
    title: "Answers 5xx of the load balancer's own in a minute",
    metrics: { errors: { name: "HTTPCode_ELB_5XX_Count", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 10, prod: 10 },
    period: 60,
    periods: 2,
    breaching: 2,
    missing: "notBreaching",
    severity: "page",
    source: "the bound of the targets' own errors: to a caller both are the same",
  },
  {
    id: "rejected-connections",
    title: "Connections refused for want of room",
    metrics: { rejected: { name: "RejectedConnectionCount", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0, prod: 0 },
    period: 60,
    periods: 5,
    breaching: 2,
    missing: "notBreaching",
    severity: "ticket",
    source: "the load balancer grows by itself; twice in five minutes it did not in time",
  },
  {
    id: "target-connections",
    title: "Connections to targets that failed",
    metrics: { failed: { name: "TargetConnectionErrorCount", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 10, prod: 5 },
    period: 60,
    periods: 5,
    breaching: 3,
    missing: "notBreaching",
    severity: "ticket",
    source: "ours: a task that stops drops none when it stops gracefully",
  },
];
