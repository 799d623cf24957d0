import { MetricUnit, Metrics as EmbeddedMetrics } from "@aws-lambda-powertools/metrics";
import type { businessMetrics, ServiceName } from "../../contract.ts";

export type MetricName = (typeof businessMetrics)[ServiceName][number];

/** Counts that something happened once. */
export type Count = (metric: MetricName) => void;

export interface Metrics {
  count: Count;
  /** Writes what was counted since the last time, if anything. The host says when: an event's end, or every second. */
  publish(): void;
}

/** Business metrics in CloudWatch's embedded format on standard output, so that counting costs no call. */
export function createMetrics(serviceName: string): Metrics {
  const { POWERTOOLS_METRICS_NAMESPACE: namespace = "slipway", POWERTOOLS_SERVICE_NAME = serviceName } = process.env;
  const metrics = new EmbeddedMetrics({ namespace, serviceName: POWERTOOLS_SERVICE_NAME });
  return {
    count: (metric) => void metrics.addMetric(metric, MetricUnit.Count, 1),
    publish: () => (metrics.hasStoredMetrics() ? metrics.publishStoredMetrics() : undefined),
  };
}
