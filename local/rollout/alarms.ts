import type { Node } from "../graph.ts";
import { evaluate, type Value } from "./expression.ts";
import type { Metrics } from "./metrics.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

interface Query {
  id: string;
  expression?: string;
  returnData?: boolean;
  metric?: { namespace: string; metricName: string; period: number; stat: string; dimensions?: Record<string, string> };
}

const comparisons: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * The metric alarms of a graph, evaluated over observed metrics as CloudWatch does: the last whole periods, so many of them
 * breaching, missing data as each alarm treats it.
 */
export class LocalAlarms {
  readonly #alarms = new Map<string, Node["inputs"]>();
  readonly #metrics: Metrics;
  readonly #now: () => number;
  /** The version that the alarms on new versions look at; they are about the graph's own until told otherwise. */
  readonly #watched = new Map<string, string>();

  constructor(nodes: Node[], metrics: Metrics, now: () => number) {
    this.#metrics = metrics;
    this.#now = now;
    for (const { type, inputs } of nodes) {
      if (type === "aws:cloudwatch/metricAlarm:MetricAlarm") this.#alarms.set(inputs.name, inputs);
    }
  }

  /** Turns the alarms `names` to another version, as an update of the stack does. */
  watch(names: readonly string[], version: string): void {
    for (const name of names) this.#watched.set(name, version);
  }

  /** Name and state of those alarms that exist. */
  states(names: readonly string[]): { name: string; state: AlarmState }[] {
    return names.filter((name) => this.#alarms.has(name)).map((name) => ({ name, state: this.#state(name) }));
  }

  #state(name: string): AlarmState {
    const alarm = this.#alarms.get(name)!;
    const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = "missing", threshold } = alarm;
    const queries = queriesOf(alarm, this.#watched.get(name));
    const periodMillis = 1000 * Math.max(...queries.map(({ metric }) => metric?.period ?? 0));
    const end = Math.floor(this.#now() / periodMillis) * periodMillis;
    const points = Array.from({ length: evaluationPeriods }, (_, ago) =>
      this.#point(queries, end - (ago + 1) * periodMillis, end - ago * periodMillis),
    );
    const breaches = comparisons[alarm.comparisonOperator]!;
    const missing = points.filter((value) => value === undefined).length;
    if (missing === points.length && treatMissingData === "missing") return "INSUFFICIENT_DATA";
    const breaching = points.filter((value) => value !== undefined && breaches(value, threshold)).length;
    return breaching + (treatMissingData === "breaching" ? missing : 0) >= datapointsToAlarm ? "ALARM" : "OK";
  }

  #point(queries: Query[], from: number, until: number): Value {
    const variables: Record<string, Value> = {};
    for (const { id, metric } of queries) {
      if (metric)
        variables[id] = this.#metrics.statistic(
          { ...metric, dimensions: metric.dimensions ?? {} },
          metric.stat,
          from,
          until,
        );
    }
    const watched = queries.find(({ returnData = true, expression }) => returnData && expression) ?? queries[0]!;
    return watched.expression ? evaluate(watched.expression, variables) : variables[watched.id];
  }
}

function queriesOf(alarm: Node["inputs"], version: string | undefined): Query[] {
  const { namespace, metricName, period, statistic, extendedStatistic, dimensions } = alarm;
  const single = { namespace, metricName, period, dimensions, stat: statistic ?? extendedStatistic };
  const queries: Query[] = alarm.metricQueries ?? [{ id: "watched", metric: single }];
  return version === undefined ? queries : queries.map((query) => turned(query, version));
}

function turned(query: Query, version: string): Query {
  const { metric } = query;
  if (!metric) return query;
  const dimensions = Object.entries(metric.dimensions ?? {}).map(([key, value]) => {
    return [key, ["ExecutedVersion", "Version"].includes(key) ? version : value];
  });
  return { ...query, metric: { ...metric, dimensions: Object.fromEntries(dimensions) } };
}
