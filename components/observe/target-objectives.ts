import { larger, sum } from "../service/rollback-triggers.ts";
import type { Objective } from "./objectives.ts";

/** One metric of both target groups of a service: which of them has the traffic changes with each deployment. */
const both = (name: string, statistic: string) => ({
  blue: { name, statistic, group: "blue" as const },
  green: { name, statistic, group: "green" as const },
});

/** What must hold for the targets behind a load balancer. The first three are what takes a deployment back, told to people. */
export const targetObjectives: readonly Objective[] = [
  {
    id: "healthy-hosts",
    title: "Healthy targets",
    metrics: both("HealthyHostCount", "Minimum"),
    expression: larger,
    comparison: "LessThanThreshold",
    threshold: { dev: 1, prod: 1 },
    period: 60,
    periods: 2,
    breaching: 2,
    missing: "breaching",
    severity: "page",
    source: "the rollback trigger; here silence counts, since a service without targets sends nothing",
  },
  {
    id: "server-errors",
    title: "Answers 5xx in a minute",
    metrics: both("HTTPCode_Target_5XX_Count", "Sum"),
    expression: sum,
    comparison: "GreaterThanThreshold",
    threshold: { dev: 10, prod: 10 },
    period: 60,
    periods: 1,
    breaching: 1,
    missing: "notBreaching",
    severity: "page",
    source: "the rollback trigger",
  },
  {
    id: "response-time",
    title: "Time to answer, s",
    metrics: both("TargetResponseTime", "Average"),
    expression: larger,
    comparison: "GreaterThanThreshold",
    threshold: { dev: 5, prod: 2 },
    period: 60,
    periods: 5,
    breaching: 5,
    missing: "notBreaching",
    severity: "ticket",
    source: "the rollback trigger, 5 s over five minutes; prod is told before it rolls back",
  },
  {
    id: "unhealthy-hosts",
    title: "Targets that fail their health check",
    metrics: both("UnHealthyHostCount", "Minimum"),
    expression: sum,
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0, prod: 0 },
    period: 60,
    periods: 10,
    breaching: 10,
    missing: "notBreaching",
    severity: "ticket",
    source: "ECS replaces such a task within minutes; ten mean that its successors fail, too",
  },
];
