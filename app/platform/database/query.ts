import { SpanKind } from "@opentelemetry/api";
import { inSpan } from "../telemetry/spans.ts";

/** Runs one statement inside a span of its own. `name` says what it does; values never enter the span. */
export function query<T>(name: string, statement: Promise<T>): Promise<T> {
  const attributes = { "db.system.name": "postgresql", "db.query.summary": name };
  return inSpan(name, { kind: SpanKind.CLIENT, attributes }, () => statement);
}
