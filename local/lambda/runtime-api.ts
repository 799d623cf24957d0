import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Invocation } from "./invocation.ts";

/** Largest answer of a synchronous invocation: 6 MiB and the 100 bytes Lambda adds. Source: Lambda quotas. */
const maxResponseBytes = 6 * 1024 * 1024 + 100;

/** What the process behind the API does, told to its owner. */
export interface RuntimeEvents {
  /** The process asks for work: it has started, or is done with the last invocation. */
  onNext(): void;
  onInitError(payload: string): void;
  onResult(payload: string, failed: boolean): void;
}

/** The HTTP side of the Lambda Runtime API (2018-06-01) for one process: every execution environment has its own. */
export class RuntimeApi {
  readonly #server: Server;
  readonly #events: RuntimeEvents;
  #poll: ServerResponse | undefined;
  #current: string | undefined;

  constructor(events: RuntimeEvents) {
    this.#events = events;
    this.#server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
      this.#route(request, response).catch(() => response.destroy());
    });
  }

  /** Listens on a free port of the loopback and returns `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => {
        resolve(`127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
      });
    });
  }

  /** Hands an invocation to the waiting process. */
  give({ requestId, traceId, invokedArn, payload }: Invocation, deadlineMillis: number): void {
    this.#current = requestId;
    this.#poll!.writeHead(200, {
      "Content-Type": "application/json",
      "Lambda-Runtime-Aws-Request-Id": requestId,
      "Lambda-Runtime-Deadline-Ms": String(deadlineMillis),
      "Lambda-Runtime-Invoked-Function-Arn": invokedArn,
      "Lambda-Runtime-Trace-Id": traceId,
    });
    this.#poll!.end(payload);
    this.#poll = undefined;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, version, area, step, ...rest] = (request.url ?? "").split("/");
    const verb = [step, ...rest].join("/");
    if (version !== "2018-06-01" || area !== "runtime") return answer(response, 404, "NotFound", "no such path");
    if (request.method === "GET" && verb === "invocation/next") {
      this.#poll = response;
      return this.#events.onNext();
    }
    if (request.method !== "POST") return answer(response, 404, "NotFound", "no such path");
    const body = await read(request);
    if (verb === "init/error") {
      answer(response, 202);
      return this.#events.onInitError(body ?? "{}");
    }
    const [, requestId, outcome] = /^invocation\/([^/]+)\/(response|error)$/.exec(verb) ?? [];
    if (!requestId) return answer(response, 404, "NotFound", "no such path");
    if (requestId !== this.#current) return answer(response, 400, "InvalidRequestID", "invalid request id");
    this.#current = undefined;
    if (body === undefined) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
      answer(response, 413, "RequestEntityTooLarge", errorMessage);
      return this.#events.onResult(JSON.stringify({ errorType: "Function.ResponseSizeTooLarge", errorMessage }), true);
    }
    answer(response, 202);
    this.#events.onResult(body, outcome === "error");
  }
}

function answer(response: ServerResponse, status: number, errorType?: string, errorMessage?: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(errorType ? { errorType, errorMessage } : { status: "OK" }));
}

/** The body as text; undefined, after reading all of it, when it is larger than an answer may be. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxResponseBytes) chunks.push(chunk);
  }
  return size > maxResponseBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}
