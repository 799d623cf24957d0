import { Agent, request, type IncomingMessage } from "node:http";
import type { IntegrationSettings } from "./document.ts";
import type { Exchange, Reply } from "./exchange.ts";
import { GatewayError, internalError } from "./gateway-error.ts";
import type { Integration } from "./integration.ts";
import { mappedValue } from "./mapping.ts";

/** A listener as an integration names it: behind a private link by its load balancer, on the internet by its name. */
export type Called = ({ loadBalancerArn: string } | { host: string }) & { port: number };

/** Where a listener of a load balancer answers on this machine. */
export type Listeners = (called: Called) => string | undefined;

/** Longest wait for an integration. Source: API Gateway quotas for REST APIs. */
const longestTimeoutMillis = 29_000;

/** Headers that API Gateway does not pass on: they belong to one connection, or it sets them itself. */
const ownHeaders = new Set([
  "connection",
  "keep-alive",
  "host",
  "transfer-encoding",
  "content-length",
  "expect",
  "te",
  "upgrade",
]);

/** The `http_proxy` integration, over a VPC link or not: the request as it came, to the path that the document says. */
export function httpIntegration(listeners: Listeners): Integration {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  agent.on("free", (socket) => socket.unref());
  return async (exchange) => {
    const settings = exchange.route!.integration;
    const target = targetOf(settings, exchange, listeners);
    const begin = performance.now();
    const record = (exchange.integration = { latencyMillis: 0 }) as NonNullable<Exchange["integration"]>;
    try {
      const reply = await call(target, exchange, agent);
      Object.assign(record, { status: reply.status, proxyStatus: reply.status });
      return reply;
    } catch (error) {
      record.error = error instanceof GatewayError ? (error.detail ?? error.message) : String(error);
      throw error;
    } finally {
      record.latencyMillis = Math.round(performance.now() - begin);
    }
  };
}

interface Target {
  url: URL;
  method: string;
  headers: string[];
  timeoutMillis: number;
}

function targetOf(settings: IntegrationSettings, exchange: Exchange, listeners: Listeners): Target {
  const { uri = "", connectionType = "INTERNET", integrationTarget = "", requestParameters = {} } = settings;
  const declared = new URL(
    uri.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(pathValue(name, requestParameters, exchange))),
  );
  const port = Number(declared.port || (declared.protocol === "https:" ? 443 : 80));
  const inside = connectionType === "VPC_LINK";
  const listener = listeners(inside ? { loadBalancerArn: integrationTarget, port } : { host: declared.hostname, port });
  if (!listener) {
    throw internalError(500, `no listener on port ${port} of ${inside ? integrationTarget : declared.hostname}`);
  }
  const url = new URL(declared.pathname, listener);
  for (const [name, value] of exchange.received.query) url.searchParams.append(name, value);
  return {
    url,
    method: settings.httpMethod ?? exchange.received.method,
    headers: headersOf(declared.host, requestParameters, exchange),
    timeoutMillis: settings.timeoutInMillis ?? longestTimeoutMillis,
  };
}

function pathValue(name: string, parameters: Record<string, string>, exchange: Exchange): string {
  const source = parameters[`integration.request.path.${name}`];
  const value = source && mappedValue(source, exchange);
  if (!value) throw internalError(500, `path parameter ${name} is not mapped: name it in requestParameters`);
  return value;
}

function headersOf(host: string, parameters: Record<string, string>, { ...exchange }: Exchange): string[] {
  const { received, traceId } = exchange;
  const mapped = Object.entries(parameters).flatMap(([target, source]): [string, string][] => {
    const [, name] = /^integration\.request\.header\.(.+)$/.exec(target) ?? [];
    const value = name && mappedValue(source, exchange);
    return name && value ? [[name.toLowerCase(), value]] : [];
  });
  const set = new Map([...mapped, ["x-amzn-trace-id", traceId]] as [string, string][]);
  const passed = received.headers.filter(
    ([name]) => !ownHeaders.has(name.toLowerCase()) && !set.has(name.toLowerCase()),
  );
  const { length } = received.body;
  return [["host", host], ...passed, ...set, ...(length > 0 ? [["content-length", String(length)]] : [])].flat();
}

function call({ url, method, headers, timeoutMillis }: Target, exchange: Exchange, agent: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (answered) => collect(answered).then(resolve, fail));
    const timer = setTimeout(() => {
      reject(
        new GatewayError("INTEGRATION_TIMEOUT", "Endpoint request timed out", {
          detail: `no answer within ${timeoutMillis} ms`,
        }),
      );
      asked.destroy();
    }, timeoutMillis);
    const fail = (error: unknown) =>
      reject(
        new GatewayError("INTEGRATION_FAILURE", "Internal server error", {
          detail: `the service broke off: ${String(error)}`,
        }),
      );
    asked.on("error", fail).on("close", () => clearTimeout(timer));
    asked.end(exchange.received.body);
  });
}

/** API Gateway keeps these names for itself. */
const remapped = (name: string) => (/^(www-authenticate|server)$/i.test(name) ? `x-amzn-Remapped-${name}` : name);

async function collect(answered: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of answered as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers: [string, string][] = [];
  for (let i = 0; i < answered.rawHeaders.length; i += 2) {
    const name = answered.rawHeaders[i]!;
    const known = name.toLowerCase();
    if (!ownHeaders.has(known) && known !== "date") headers.push([remapped(name), answered.rawHeaders[i + 1]!]);
  }
  return { status: answered.statusCode ?? 502, headers, body: Buffer.concat(chunks) };
}
