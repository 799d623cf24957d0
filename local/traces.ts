/** One piece of work in a trace. */
export interface Span {
  /** As X-Ray writes it: `1-<8 hex digits>-<24 hex digits>`. */
  traceId: string;
  /** 16 hex digits. */
  id: string;
  /** The span it is part of; undefined for the first of a trace. */
  parentId?: string;
  name: string;
  /** What did it: the gateway or a service. */
  service: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  durationMillis: number;
  attributes: Record<string, string>;
}

/** The last traces of this run, in memory. */
export class Traces {
  readonly #kept = new Map<string, Span[]>();
  readonly #traces: number;
  readonly #spansEach: number;

  /** Keeps the last `traces` traces with up to `spansEach` spans; 300 and 200 unless given. */
  constructor({ traces = 300, spansEach = 200 } = {}) {
    this.#traces = traces;
    this.#spansEach = spansEach;
  }

  /** Ids of the traces kept, the oldest first. */
  get ids(): string[] {
    return [...this.#kept.keys()];
  }

  /**
   * The spans of a trace in the order of their starts, of those that start in the same millisecond the outer first; none of a trace that
   * is not known or forgotten.
   */
  spans(traceId: string): Span[] {
    const spans = this.#kept.get(traceId) ?? [];
    const byId = new Map(spans.map((span) => [span.id, span]));
    const depth = (span: Span | undefined, most: number): number =>
      span?.parentId && most > 0 ? 1 + depth(byId.get(span.parentId), most - 1) : 0;
    return spans.toSorted((a, b) => a.startedAt - b.startedAt || depth(a, spans.length) - depth(b, spans.length));
  }

  add(span: Span): void {
    const spans = this.#kept.get(span.traceId) ?? [];
    if (spans.length < this.#spansEach) spans.push(span);
    this.#kept.set(span.traceId, spans);
    if (this.#kept.size > this.#traces) this.#kept.delete(this.#kept.keys().next().value!);
  }
}
