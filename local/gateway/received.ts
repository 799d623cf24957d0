import type { IncomingMessage } from "node:http";
import { GatewayError } from "./gateway-error.ts";

/** Largest body. Source: API Gateway quotas for REST APIs. */
const maxBodyBytes = 10 * 1024 * 1024;
/** Largest request line and header values together. Source: as above. */
export const maxHeaderBytes = 10_240;

/** A request as it came in. */
export interface Received {
  method: string;
  /** Path as sent, not decoded. */
  rawPath: string;
  /** Path below the stage. */
  path: string;
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  /** The last value of a header, whatever its case. */
  header(name: string): string | undefined;
  sourceIp: string;
  protocol: string;
  /** Size of the request line and the headers. */
  headerBytes: number;
  /** Empty until it is read. */
  body: Buffer;
}

/** Reads all but the body. The stage's name in front of the path is optional: AWS's host name needs it, a domain of one's own does not. */
export function receive(request: IncomingMessage, stageName: string): Received {
  const [rawPath = "", search = ""] = pathAndQuery(request.url ?? "");
  const inStage = rawPath === `/${stageName}` || rawPath.startsWith(`/${stageName}/`);
  const headers = pairs(request.rawHeaders);
  return {
    method: request.method ?? "GET",
    rawPath,
    path: inStage ? rawPath.slice(stageName.length + 1) || "/" : rawPath,
    query: [...new URLSearchParams(search)],
    headers,
    header: (name) => headers.findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
    sourceIp: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    protocol: `HTTP/${request.httpVersion}`,
    headerBytes: request.rawHeaders.reduce((sum, text) => sum + text.length, (request.url ?? "").length),
    body: Buffer.alloc(0),
  };
}

/** The body. Fails as soon as it is, or says it is, too large, and when the client goes away before its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () =>
    new GatewayError("REQUEST_TOO_LARGE", "Request Too Long", { detail: `body over ${maxBodyBytes} bytes` });
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBodyBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new GatewayError("DEFAULT_4XX", "Bad Request", { detail: `the client went away: ${String(error)}` });
  }
  if (size > maxBodyBytes) {
    // The rest is read and dropped, or the client would never get to read the answer; the server's request time-out ends it.
    request.resume();
    throw tooLarge();
  }
  return Buffer.concat(chunks);
}

function pathAndQuery(url: string): string[] {
  const target = url.startsWith("/") ? url : (URL.parse(url)?.href.replace(/^[^:]+:\/\/[^/]*/, "") ?? "");
  if (!target.startsWith("/"))
    throw new GatewayError("DEFAULT_4XX", "Bad Request", { detail: `request target "${url}"` });
  const at = target.indexOf("?");
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

function pairs(flat: string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}
