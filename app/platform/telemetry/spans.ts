import {
  type Context,
  INVALID_SPANID,
  INVALID_TRACEID,
  isValidTraceId,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
  TraceFlags,
} from "@opentelemetry/api";

const nothing = { spanId: INVALID_SPANID, traceId: INVALID_TRACEID };
const noSpan = trace.wrapSpanContext({ ...nothing, traceFlags: TraceFlags.NONE });

/** Where a trace begins: the first span in here is its root. */
export const beginning: Context = trace.setSpan(
  ROOT_CONTEXT,
  trace.wrapSpanContext({ ...nothing, traceFlags: TraceFlags.SAMPLED }),
);

/**
 * Runs `work` inside a span that is the child of the current one; a failure marks it and passes on. Outside a trace that is recorded,
 * as most requests are, there is nothing to make, and `work` gets a span that keeps nothing.
 */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const current = trace.getActiveSpan();
  if (!current || (current.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return work(noSpan);
  return trace.getTracer("slipway").startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // Only the kind of failure: messages of the database may quote what a person typed.
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span's trace id as X-Ray writes it; undefined for one that keeps nothing. */
export function xrayTraceId(span: Span): string | undefined {
  const { traceId } = span.spanContext();
  return traceId !== INVALID_TRACEID && isValidTraceId(traceId) ? xrayForm(traceId) : undefined;
}

export function xrayForm(traceId: string): string {
  return `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
}
