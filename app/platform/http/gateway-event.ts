import { Problem } from "./problem.ts";

/** What a service reads of an API Gateway REST proxy event (payload 1.0). */
interface GatewayEvent {
  httpMethod: string;
  path: string;
  headers?: Record<string, string> | null;
  queryStringParameters?: Record<string, string> | null;
  multiValueQueryStringParameters?: Record<string, string[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext?: { requestId?: string; authorizer?: { claims?: unknown } | null };
}

export interface GatewayResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export interface GatewayRequest {
  request: Request;
  requestId?: string;
  /** Claims of the token the gateway's authorizer has verified. */
  claims?: unknown;
}

/** The request an event stands for; fails with 400 on anything that is no event of a REST API. */
export function fromGateway(event: unknown): GatewayRequest {
  try {
    const { requestContext, ...parts } = event as GatewayEvent;
    const { requestId, authorizer } = requestContext ?? {};
    return { request: toRequest(parts), requestId, claims: authorizer?.claims };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem(400, "malformed-event", "the event is not a request of a REST API");
  }
}

function toRequest(event: Omit<GatewayEvent, "requestContext">): Request {
  const { httpMethod: method, path, headers, body, isBase64Encoded } = event;
  const url = new URL("https://gateway");
  if (typeof method !== "string" || typeof path !== "string") throw new TypeError("no method or path");
  url.pathname = path;
  for (const [name, values] of queries(event)) for (const value of values) url.searchParams.append(name, value);
  const init: RequestInit = {
    method,
    headers: Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
  };
  const request = new Request(url, init);
  // A body on GET or HEAD means nothing, and the constructor refuses it.
  if (!body || method === "GET" || method === "HEAD") return request;
  const bytes = Buffer.from(String(body), isBase64Encoded ? "base64" : "utf8");
  const full = new Request(request, { body: bytes });
  full.headers.set("content-length", String(bytes.length));
  return full;
}

function queries({ multiValueQueryStringParameters: many, queryStringParameters: one }: Partial<GatewayEvent>) {
  const single = Object.entries(one ?? {}).map(([name, value]): [string, string[]] => [name, [String(value)]]);
  return many ? Object.entries(many) : single;
}

/** `response` as the proxy integration wants it. */
export async function toGateway(response: Response): Promise<GatewayResult> {
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
