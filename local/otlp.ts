import protobuf from "google-protobuf";
import type { Span } from "./traces.ts";

type Reader = protobuf.BinaryReader;
/** What to do with each field that matters, by its number in opentelemetry-proto; the others are passed over. */
type Fields = Record<number, (reader: Reader) => void>;

/** The spans of an OTLP `ExportTraceServiceRequest`. Fails on bytes that are none. */
export function otlpSpans(bytes: Uint8Array): Span[] {
  const spans: Span[] = [];
  const request = new protobuf.BinaryReader(bytes);
  read(request, { 1: within((resourceSpans) => spans.push(...spansOfResource(resourceSpans))) });
  return spans;
}

function spansOfResource(reader: Reader): Span[] {
  const spans: Span[] = [];
  const resource: Record<string, string> = {};
  const scopeSpans = within((scope) => read(scope, { 2: within((span) => spans.push(spanOf(span))) }));
  read(reader, { 1: within((own) => read(own, { 1: attributeInto(resource) })), 2: scopeSpans });
  return spans.map((span) => ({ ...span, service: resource["service.name"] ?? "" }));
}

function spanOf(reader: Reader): Span {
  const span: Span = { traceId: "", id: "", name: "", service: "", startedAt: 0, durationMillis: 0, attributes: {} };
  let end = 0;
  read(reader, {
    1: (field) => (span.traceId = xrayId(hex(field.readBytes()))),
    2: (field) => (span.id = hex(field.readBytes())),
    4: (field) => (span.parentId = hex(field.readBytes()) || undefined),
    5: (field) => (span.name = field.readString()),
    7: (field) => (span.startedAt = millis(field)),
    8: (field) => (end = millis(field)),
    9: attributeInto(span.attributes),
  });
  return { ...span, durationMillis: end - span.startedAt };
}

/** Attributes that are text or whole numbers: the app sends no others. */
function attributeInto(attributes: Record<string, string>): (reader: Reader) => void {
  return within((reader) => {
    let [key, value] = ["", ""];
    const text = (field: Reader) => (value = field.readString());
    const whole = (field: Reader) => (value = field.readInt64String());
    read(reader, { 1: (field) => (key = field.readString()), 2: within((any) => read(any, { 1: text, 3: whole })) });
    attributes[key] = value;
  });
}

function read(reader: Reader, fields: Fields): void {
  while (reader.nextField()) {
    if (reader.isEndGroup()) return;
    const take = fields[reader.getFieldNumber()];
    if (take) take(reader);
    else reader.skipField();
  }
}

/** A field that holds a message of its own. */
function within(take: (reader: Reader) => void): (reader: Reader) => void {
  return (reader) => take(new protobuf.BinaryReader(reader.readBytes()));
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const xrayId = (traceId: string) => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
/** Nanoseconds since 1970 are too many digits for a number; microseconds are not. */
const millis = (field: Reader) => Number(BigInt(field.readFixed64String()) / 1000n) / 1000;
