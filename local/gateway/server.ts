import { randomBytes, randomUUID } from "node:crypto";
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Api } from "./api.ts";
import type { Exchange, Reply } from "./exchange.ts";
import { listenFailure } from "../port.ts";
import { Gateway, type GatewayOptions } from "./gateway.ts";
import { readBody, receive } from "./received.ts";

export interface ServerOptions extends GatewayOptions {
  /** Defaults to 8080; 0 takes a free one. */
  port?: number;
  /** Defaults to the loopback, which nobody else reaches. */
  host?: string;
  /** A client that has not sent its headers by then is cut off. Defaults to 10 seconds. */
  headersTimeoutMillis?: number;
  /** A client that has not sent its whole request by then is cut off. Defaults to 30 seconds. */
  requestTimeoutMillis?: number;
  /** How long requests under way may take when the gateway stops. Defaults to 2 seconds. */
  stopGraceMillis?: number;
}

export interface RunningGateway {
  url: string;
  port: number;
  /** Takes no more requests, lets those under way finish for a while, then cuts them off. */
  stop(): Promise<void>;
}

/** Room for the gateway's own limit of 10240 bytes to answer before Node's does. */
const maxHeaderSize = 32 * 1024;

/** Serves the API over HTTP. Fails when the port is taken. */
export async function startGateway(options: ServerOptions): Promise<RunningGateway> {
  const { port = 8080, host = "127.0.0.1", headersTimeoutMillis = 10_000, requestTimeoutMillis = 30_000 } = options;
  const gateway = new Gateway(options);
  const timeouts = { headersTimeout: headersTimeoutMillis, requestTimeout: requestTimeoutMillis };
  const connectionsCheckingInterval = Math.ceil(Math.min(1_000, headersTimeoutMillis / 4, requestTimeoutMillis / 4));
  const server = createServer(
    { maxHeaderSize, connectionsCheckingInterval, keepAliveTimeout: 60_000, ...timeouts },
    (request, response) => {
      void serve(gateway, options, request, response);
    },
  );
  server.on("clientError", refuseConnection);
  await listening(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    stop: () => stopped(server, options.stopGraceMillis ?? 2_000),
  };
}

async function serve(
  gateway: Gateway,
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.on("error", () => undefined);
  response.on("error", () => undefined);
  try {
    const exchange = open(options.api, request, options.now?.() ?? Date.now());
    const reply = await gateway.answer(exchange, () => readBody(request));
    send(exchange, reply, response);
    gateway.finished(exchange, reply);
  } catch {
    // The target is no path, so there is no request of this API to answer.
    if (!response.headersSent) response.writeHead(400, { Connection: "close", "Content-Type": "application/json" });
    response.end('{"message":"Bad Request"}');
  }
}

function open(api: Api, request: IncomingMessage, startedAt: number): Exchange {
  const given = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(String(request.headers["x-amzn-trace-id"] ?? ""))?.[1];
  const seconds = Math.floor(startedAt / 1000)
    .toString(16)
    .padStart(8, "0");
  const root = given ?? `1-${seconds}-${randomBytes(12).toString("hex")}`;
  return {
    api,
    received: receive(request, api.stage.name),
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString("base64url").slice(0, 15)}=`,
    traceId: `Root=${root};Parent=${randomBytes(8).toString("hex")};Sampled=${api.stage.tracing ? 1 : 0}`,
    startedAt,
    pathParameters: {},
  };
}

function send({ requestId, extendedRequestId, traceId }: Exchange, reply: Reply, response: ServerResponse): void {
  const body = Buffer.from(reply.body);
  const headers = reply.headers.flatMap((pair) => pair);
  if (reply.status !== 204 && reply.status !== 304) headers.push("Content-Length", String(body.length));
  headers.push("x-amzn-RequestId", requestId, "x-amz-apigw-id", extendedRequestId);
  headers.push("X-Amzn-Trace-Id", traceId.replace(/;Parent=[0-9a-f]+/, ""));
  response.writeHead(reply.status, headers);
  response.end(body);
}

/** The answer to what is not HTTP, too large for it, or too slow. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = statusOf[error.code ?? ""] ?? 400;
  const body = JSON.stringify({ message: STATUS_CODES[status] });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json`;
  socket.end(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, () => socket.destroy());
}

const statusOf: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenFailure(port, error)));
    server.listen(port, host, () => resolve());
  });
}

async function stopped(server: Server, stopGraceMillis: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), stopGraceMillis);
  await closed;
  clearTimeout(timer);
}
