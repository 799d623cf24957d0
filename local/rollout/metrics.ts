import type { Value } from "./expression.ts";

/** One metric as CloudWatch tells it from others: the same name with other dimensions is another one. */
export interface Series {
  namespace: string;
  metricName: string;
  dimensions: Readonly<Record<string, string>>;
}

/** How long values are kept: longer than any alarm looks back. */
const keptMillis = 3 * 3600 * 1000;

/** Values of metrics in memory, by their time. */
export class Metrics {
  readonly #values = new Map<string, { at: number; value: number }[]>();

  /** Adds one value at a time in milliseconds. */
  put(series: Series, value: number, at: number): void {
    const key = keyOf(series);
    const values = this.#values.get(key) ?? [];
    if (values.length > 0 && values[0]!.at < at - keptMillis)
      values.splice(
        0,
        values.findIndex((kept) => kept.at >= at - keptMillis),
      );
    values.push({ at, value });
    this.#values.set(key, values);
  }

  /** The statistic over `from` to `until`, without the latter; undefined when there was nothing. Fails on one that is not known. */
  statistic(series: Series, statistic: string, from: number, until: number): Value {
    const found = (this.#values.get(keyOf(series)) ?? []).filter(({ at }) => at >= from && at < until);
    if (found.length === 0) return undefined;
    const values = found.map(({ value }) => value).sort((a, b) => a - b);
    const sum = values.reduce((total, value) => total + value, 0);
    const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? [];
    if (percent !== undefined) return values[Math.max(0, Math.ceil((Number(percent) / 100) * values.length) - 1)];
    const known: Record<string, number> = {
      Sum: sum,
      Average: sum / values.length,
      Maximum: values.at(-1)!,
      Minimum: values[0]!,
      SampleCount: values.length,
    };
    if (!(statistic in known)) throw new Error(`statistic "${statistic}" is not known to the local alarms`);
    return known[statistic];
  }
}

const keyOf = ({ namespace, metricName, dimensions }: Series) =>
  JSON.stringify([namespace, metricName, Object.entries(dimensions).sort()]);
