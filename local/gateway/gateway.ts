import type { Api, Route } from "./api.ts";
import { accessLogLine } from "./access-log.ts";
import { Authorizer, type PoolKeys } from "./authorizer.ts";
import type { Exchange, Reply } from "./exchange.ts";
import { GatewayError, internalError } from "./gateway-error.ts";
import { errorReply } from "./gateway-responses.ts";
import type { Integrations } from "./integration.ts";
import { lambdaIntegration, type Functions } from "./lambda-integration.ts";
import { mockIntegration } from "./mock-integration.ts";
import { observed, type ObservedRequest } from "./observed.ts";
import { maxHeaderBytes } from "./received.ts";
import { TokenBucket } from "./throttle.ts";
import { validateBody, validateParameters } from "./validation.ts";

export interface GatewayOptions {
  api: Api;
  functions: Functions;
  /** Public keys of the user pools that authorizers trust. */
  keys: PoolKeys;
  /** Further kinds of integrations by their `type` in lower case. Defaults to `aws_proxy` and `mock` alone. */
  integrations?: Integrations;
  /** Told about each finished request. */
  onRequest?: (request: ObservedRequest) => void;
  /** Gets each line of the stage's access log. */
  onAccessLog?: (line: string) => void;
  /** Milliseconds since 1970. Defaults to the system's clock. */
  now?: () => number;
}

/** The front door of one recorded API: takes requests through the same checks in the same order as API Gateway REST. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #integrations: Integrations;
  readonly #authorizer: Authorizer;
  readonly #buckets: Map<Route, TokenBucket>;
  readonly #now: () => number;

  /** Fails on a route whose kind of integration nobody serves. */
  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#integrations = {
      aws_proxy: lambdaIntegration(options.functions),
      mock: mockIntegration,
      ...options.integrations,
    };
    this.#authorizer = new Authorizer(options.keys, this.#now);
    this.#buckets = new Map(options.api.routes.map((route) => [route, new TokenBucket(route.throttle, this.#now)]));
    for (const { method, path, integration } of options.api.routes) {
      if (integration.type.toLowerCase() in this.#integrations) continue;
      const served = Object.keys(this.#integrations).join(", ");
      throw new Error(
        `${method} ${path} has an integration of type "${integration.type}", the local gateway serves ${served}`,
      );
    }
  }

  /** Answers one request, always; `readBody` is called once the request is let in. */
  async answer(exchange: Exchange, readBody: () => Promise<Buffer>): Promise<Reply> {
    try {
      return await this.#pass(exchange, readBody);
    } catch (error) {
      return this.refuse(exchange, error);
    }
  }

  /** The reply to a request that ended in `error`. Whatever the gateway did not foresee is its own fault: 500. */
  refuse(exchange: Exchange, error: unknown): Reply {
    exchange.error = error instanceof GatewayError ? error : internalError(500, String(error));
    return errorReply(exchange, exchange.error);
  }

  /** Writes the access log and tells the observer. */
  finished(exchange: Exchange, reply: Reply): void {
    const { api, onAccessLog, onRequest } = this.#options;
    const latencyMillis = Math.max(0, this.#now() - exchange.startedAt);
    if (api.stage.accessLogFormat)
      onAccessLog?.(accessLogLine(api.stage.accessLogFormat, exchange, reply, latencyMillis));
    onRequest?.(observed(exchange, reply, latencyMillis));
  }

  async #pass(exchange: Exchange, readBody: () => Promise<Buffer>): Promise<Reply> {
    const { received } = exchange;
    if (received.headerBytes > maxHeaderBytes) {
      throw new GatewayError("REQUEST_TOO_LARGE", "Request Too Long", {
        detail: `${received.headerBytes} bytes of headers`,
      });
    }
    const route = this.#route(exchange);
    if (!this.#buckets.get(route)!.take()) throw new GatewayError("THROTTLED", "Too Many Requests");
    if (route.authorizer) exchange.claims = await this.#authorizer.authorize(route.authorizer, received);
    validateParameters(route, received);
    received.body = await readBody();
    validateBody(route, received);
    return this.#integrations[route.integration.type.toLowerCase()]!(exchange);
  }

  /** A path or a method that does not exist is answered as a request without AWS credentials would be. */
  #route(exchange: Exchange): Route {
    const { api, received } = exchange;
    const match = api.match(received.path);
    const candidates = api.routes.filter(({ path }) => path === match?.path);
    const route =
      candidates.find(({ method }) => method === received.method) ?? candidates.find(({ method }) => method === "ANY");
    if (!match || !route) throw new GatewayError("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
    exchange.route = route;
    exchange.pathParameters = match.pathParameters;
    return route;
  }
}
