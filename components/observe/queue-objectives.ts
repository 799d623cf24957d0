import type { Objective } from "./objectives.ts";

/** What must hold for a queue of messages that nobody could handle. */
export const queueObjectives: readonly Objective[] = [
  {
    id: "waiting",
    title: "Messages waiting for a person",
    metrics: { letters: { name: "ApproximateNumberOfMessagesVisible", statistic: "Maximum" } },
    comparison: "GreaterThanThreshold",
    threshold: { dev: 0, prod: 0 },
    period: 60,
    periods: 1,
    breaching: 1,
    missing: "notBreaching",
    severity: "ticket",
    source: "each one is work that was lost unless somebody sends it again",
  },
];
