import type { Node } from "../graph.ts";
import type { LogLine } from "../lambda/invocation.ts";
import type { Metrics } from "./metrics.ts";

type Json = Record<string, unknown>;
type Condition = (line: Json) => boolean;

const conditionForm = /^\s*\$\.(\w+)\s*(=|!=|>=|<=|>|<)\s*(?:"([^"]*)"|(-?\d+(?:\.\d+)?))\s*$/;

const comparisons: Record<string, (found: never, wanted: never) => boolean> = {
  "=": (found, wanted) => found === wanted,
  "!=": (found, wanted) => found !== wanted,
  ">=": (found, wanted) => found >= wanted,
  "<=": (found, wanted) => found <= wanted,
  ">": (found, wanted) => found > wanted,
  "<": (found, wanted) => found < wanted,
};

/** Whether a JSON line fits a filter pattern of the form `{ $.field = "text" && $.other >= 1 }`. Fails on other forms. */
export function matching(pattern: string): Condition {
  const [, inner] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  const conditions = (inner ?? "").split("&&").map((text): Condition => {
    const [, field, operator, quoted, number] = conditionForm.exec(text) ?? [];
    if (!field) throw new Error(`metric filter "${pattern}" has "${text.trim()}", which cannot be evaluated here`);
    const wanted = quoted ?? Number(number);
    return (line) =>
      typeof line[field] === typeof wanted && comparisons[operator!]!(line[field] as never, wanted as never);
  });
  return (line) => conditions.every((holds) => holds(line));
}

/** The metric filters of a graph: what they count in the lines that functions write. */
export class LogFilters {
  readonly #filters: { logGroup: string; matches: Condition; transformation: Node["inputs"] }[];
  readonly #metrics: Metrics;

  constructor(nodes: Node[], metrics: Metrics) {
    this.#metrics = metrics;
    this.#filters = nodes
      .filter(({ type }) => type === "aws:cloudwatch/logMetricFilter:LogMetricFilter")
      .map(({ inputs }) => ({
        logGroup: inputs.logGroupName,
        matches: matching(inputs.pattern),
        transformation: inputs.metricTransformation,
      }));
  }

  observe({ logGroup, line }: LogLine, at: number): void {
    if (!line.startsWith("{")) return;
    const filters = this.#filters.filter((filter) => filter.logGroup === logGroup);
    const json = filters.length > 0 ? parsed(line) : undefined;
    if (!json) return;
    for (const { matches, transformation } of filters) {
      if (!matches(json)) continue;
      const { namespace, name, value, dimensions = {} } = transformation;
      const named = Object.entries(dimensions as Record<string, string>).map(([key, path]) => [
        key,
        String(json[path.slice(2)]),
      ]);
      this.#metrics.put({ namespace, metricName: name, dimensions: Object.fromEntries(named) }, Number(value), at);
    }
  }
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
