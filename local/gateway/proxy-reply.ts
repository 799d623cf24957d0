import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Exchange, Reply } from "./exchange.ts";
import { internalError } from "./gateway-error.ts";
import { isBinary } from "./media-types.ts";

interface ProxyAnswer {
  statusCode?: number | string;
  headers?: Record<string, string | number | boolean> | null;
  multiValueHeaders?: Record<string, (string | number | boolean)[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean | null;
}

const members = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** Headers that belong to the connection: API Gateway sends a function's own under another name. */
const remapped = new Set([
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "server",
  "te",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/** The reply in a function's answer. Fails with 502 on anything that is not in the form of a proxy response. */
export function proxyReply(payload: string, { api, received }: Exchange): Reply {
  const answer = parse(payload);
  const headers: Reply["headers"] = [];
  const add = (name: string, value: unknown) => {
    if (!["string", "number", "boolean"].includes(typeof value)) throw malformed(`header ${name} is no text`);
    headers.push([remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, String(value)]);
  };
  const multiple = Object.entries(answer.multiValueHeaders ?? {});
  const many = new Set(multiple.map(([name]) => name.toLowerCase()));
  for (const [name, value] of Object.entries(answer.headers ?? {})) if (!many.has(name.toLowerCase())) add(name, value);
  for (const [name, values] of multiple) {
    if (!Array.isArray(values)) throw malformed(`multiValueHeaders ${name} is no list`);
    for (const value of values) add(name, value);
  }
  checkHeaders(headers);
  if (!headers.some(([name]) => name.toLowerCase() === "content-type"))
    headers.push(["Content-Type", "application/json"]);
  const decode = answer.isBase64Encoded === true && isBinary(received.header("accept"), api.binaryMediaTypes);
  const body = answer.body ?? "";
  return { status: Number(answer.statusCode ?? 200), headers, body: decode ? Buffer.from(body, "base64") : body };
}

function parse(payload: string): ProxyAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    throw malformed("not JSON");
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) throw malformed("not an object");
  const strange = Object.keys(answer).find((name) => !members.has(name));
  if (strange) throw malformed(`unknown member ${strange}`);
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = answer as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw malformed(`statusCode ${String(statusCode)}`);
  for (const map of [headers, multiValueHeaders])
    if (typeof (map ?? {}) !== "object" || Array.isArray(map)) throw malformed("headers");
  if (typeof (body ?? "") !== "string") throw malformed("body is no text");
  if (typeof (isBase64Encoded ?? false) !== "boolean") throw malformed("isBase64Encoded");
  return answer as ProxyAnswer;
}

function checkHeaders(headers: Reply["headers"]): void {
  for (const [name, value] of headers) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw malformed(`header ${JSON.stringify(name)}`);
    }
  }
}

const malformed = (detail: string) => internalError(502, `Malformed Lambda proxy response: ${detail}`);
