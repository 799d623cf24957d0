import type { Objective } from "./objectives.ts";

/** What must hold for a stage of a REST API. */
export const apiObjectives: readonly Objective[] = [
  {
    id: "server-errors",
    title: "Answers 5xx, % of all",
    metrics: { errors: { name: "5XXError", statistic: "Sum" }, requests: { name: "Count", statistic: "Sum" } },
    expression: "IF(errors >= 3, 100 * errors / requests, 0)",
    comparison: "GreaterThanThreshold",
    threshold: { dev: 5, prod: 1 },
    period: 60,
    periods: 5,
    breaching: 3,
    missing: "notBreaching",
    severity: "page",
    source: "an objective of 99 % answered requests; the gate of three is ours",
  },
  {
    id: "client-errors",
    title: "Answers 4xx, % of all",
    metrics: { errors: { name: "4XXError", statistic: "Sum" }, requests: { name: "Count", statistic: "Sum" } },
    // Refused tokens are daily business; a broken client or somebody trying doors shows in numbers.
    expression: "IF(errors >= 50, 100 * errors / requests, 0)",
    comparison: "GreaterThanThreshold",
    threshold: { dev: 50, prod: 25 },
    period: 300,
    periods: 3,
    breaching: 2,
    missing: "notBreaching",
    severity: "ticket",
    source: "ours; SLIC Watch takes 5 % without a gate, which refused tokens alone exceed",
  },
  {
    id: "latency",
    title: "Time to answer, ms, 95th percentile",
    metrics: { latency: { name: "Latency", statistic: "p95" }, requests: { name: "Count", statistic: "Sum" } },
    expression: "IF(requests >= 20, latency, 0)",
    comparison: "GreaterThanThreshold",
    threshold: { dev: 5000, prod: 2000 },
    period: 60,
    periods: 5,
    breaching: 5,
    missing: "notBreaching",
    severity: "ticket",
    source: "SLIC Watch and the rollback triggers: 5 s over five minutes; prod is told before it rolls back",
  },
];
