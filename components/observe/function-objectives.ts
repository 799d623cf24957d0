import type { Objective } from "./objectives.ts";

/** What must hold for a Lambda function. */
export const functionObjectives: readonly Objective[] = [
  {
    id: "errors",
    title: "Failed runs, % of all",
    metrics: { errors: { name: "Errors", statistic: "Sum" }, runs: { name: "Invocations", statistic: "Sum" } },
    // One failure of two runs at night is 50 %, and no reason to wake anybody.
    expression: "IF(errors >= 3, 100 * errors / runs, 0)",
    comparison: "GreaterThanThreshold",
    threshold: { dev: 5, prod: 1 },
    period: 60,
    periods: 5,
    breaching: 3,
    missing: "notBreaching",
    severity: "page",
    source: "an objective of 99 % successful runs; the gate of three is ours",
  },
  {
    id: "throttles",
    title: "Runs refused for want of concurrency",
    metrics: { throttles: { name: "Throttles", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0, prod: 0 },
    period: 60,
    periods: 5,
    breaching: 2,
    missing: "notBreaching",
    severity: "page",
    source: "SLIC Watch alarms on any throttle; twice in five minutes spares a single burst",
  },
  {
    id: "duration",
    title: "Longest run, ms",
    metrics: { duration: { name: "Duration", statistic: "Maximum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0.95, prod: 0.95 },
    of: "timeoutMillis",
    period: 60,
    periods: 5,
    breaching: 2,
    missing: "notBreaching",
    severity: "ticket",
    source: "SLIC Watch: 95 % of the timeout",
  },
];
