import type { Objective } from "./objectives.ts";

/** What must hold for a service on Fargate. */
export const serviceObjectives: readonly Objective[] = [
  {
    id: "cpu",
    title: "Processor, %",
    metrics: { cpu: { name: "CPUUtilization", statistic: "Average" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 95, prod: 90 },
    period: 60,
    periods: 15,
    breaching: 15,
    missing: "missing",
    severity: "ticket",
    source: "scaling aims at 70 %: a quarter of an hour above means that it has reached its most tasks",
  },
  {
    id: "memory",
    title: "Memory, %",
    metrics: { memory: { name: "MemoryUtilization", statistic: "Maximum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 90, prod: 85 },
    period: 60,
    periods: 5,
    breaching: 5,
    missing: "missing",
    severity: "page",
    source: "at 100 % the task is killed; the rest is what a minute of a leak needs",
  },
  {
    id: "tasks",
    title: "Tasks wanted and not running",
    metrics: {
      wanted: { name: "DesiredTaskCount", statistic: "Average", namespace: "ECS/ContainerInsights" },
      running: { name: "RunningTaskCount", statistic: "Average", namespace: "ECS/ContainerInsights" },
    },
    expression: "wanted - running",
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0, prod: 0 },
    period: 60,
    periods: 15,
    breaching: 15,
    missing: "missing",
    severity: "page",
    source: "a task starts in two minutes; a quarter of an hour short of one means that it cannot",
  },
];
