import { isValidTraceId, type Span, type SpanOptions, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";

/**
 * Runs `work` inside a span that is the child of the current one; a failure marks it and passes on. In a trace that is not recorded
 * there is nothing to make: `work` gets the current span, whose trace id the log needs all the same.
 */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const current = trace.getActiveSpan();
  if (current && (current.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return work(current);
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

/** The span's trace id as X-Ray writes it; undefined where nothing is traced. */
export function xrayTraceId(span: Span): string | undefined {
  const { traceId } = span.spanContext();
  return isValidTraceId(traceId) ? `1-${traceId.slice(0, 8)}-${traceId.slice(8)}` : undefined;
}
