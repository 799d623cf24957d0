import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { ObservedRequest } from "./gateway/observed.ts";
import { otlpSpans } from "./otlp.ts";
import type { Part } from "./parts.ts";
import { Traces, type Span } from "./traces.ts";

/** A small X-Ray daemon. */
export interface Tracing extends Part {
  /** Value of `AWS_XRAY_DAEMON_ADDRESS`: `host:port`. */
  address: string;
  traces: Traces;
}

/** Listens for spans on a free UDP port of the loopback and keeps the last traces. A datagram it cannot read is dropped, as UDP is. */
export async function startTracing(): Promise<Tracing> {
  const traces = new Traces();
  const socket = createSocket("udp4");
  socket.on("message", (datagram) => {
    for (const span of spansIn(datagram)) traces.add(span);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    traces,
    stop: () => new Promise((closed) => socket.close(() => closed())),
  };
}

/**
 * The spans in one datagram of the daemon's protocol: a header line, then either a segment as JSON or, after `T1S`, spans as
 * OTLP in base64. None in anything else.
 */
export function spansIn(datagram: Buffer): Span[] {
  const end = datagram.indexOf("\n");
  const [header, body] = [datagram.toString("utf8", 0, end), datagram.toString("utf8", end + 1)];
  try {
    if ((JSON.parse(header) as { format?: string }).format !== "json") return [];
    if (/^T1[SU]/.test(body)) return otlpSpans(Buffer.from(body.slice(3), "base64"));
    return segmentSpans(JSON.parse(body) as Segment);
  } catch {
    return [];
  }
}

/** What the gateway itself sends for a request of a traced stage; undefined when the request is not sampled. */
export function gatewaySpan({ traceId, route, ...request }: ObservedRequest, service: string): Span | undefined {
  const [, root, id] = /^Root=([^;]+);Parent=([0-9a-f]{16});Sampled=1$/.exec(traceId) ?? [];
  if (!root || !id) return undefined;
  const { method, path, status, startedAt, latencyMillis: durationMillis } = request;
  const attributes = { "http.request.method": method, "url.path": path, "http.response.status_code": String(status) };
  return { traceId: root, id, name: `${method} ${route ?? path}`, service, startedAt, durationMillis, attributes };
}

/** As much of X-Ray's own document as a span holds; times are in seconds. */
interface Segment {
  trace_id: string;
  id: string;
  parent_id?: string;
  name: string;
  start_time: number;
  end_time?: number;
  subsegments?: Omit<Segment, "trace_id">[];
}

/** A segment still in progress has no end: it comes again when it has one. */
function segmentSpans(segment: Segment, service = segment.name): Span[] {
  const { trace_id: traceId, id, parent_id: parentId, name, subsegments = [] } = segment;
  const inner = subsegments.flatMap((part) => segmentSpans({ ...part, trace_id: traceId, parent_id: id }, service));
  if (segment.end_time === undefined) return inner;
  const startedAt = segment.start_time * 1000;
  const durationMillis = segment.end_time * 1000 - startedAt;
  const own = { traceId, id, name, service, startedAt, durationMillis, attributes: {} };
  return [{ ...own, ...(parentId && { parentId }) }, ...inner];
}
