import type { Api, Route } from "./api.ts";
import type { Claims } from "./claims.ts";
import type { GatewayError } from "./gateway-error.ts";
import type { Received } from "./received.ts";

/** What an integration did with the request. */
export interface IntegrationRecord {
  latencyMillis: number;
  /** Status of the service that was called; undefined when it gave none in time. */
  status?: number;
  /** Status in the answer of the function itself. */
  proxyStatus?: number;
  requestId?: string;
  functionName?: string;
  executedVersion?: string;
  error?: string;
}

/** One request on its way through the gateway, filled in step by step. */
export interface Exchange {
  readonly api: Api;
  readonly received: Received;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `Root=1-...;Parent=...;Sampled=1`. */
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  route?: Route;
  pathParameters: Record<string, string>;
  claims?: Claims;
  integration?: IntegrationRecord;
  error?: GatewayError;
}

/** What goes back to the client. */
export interface Reply {
  status: number;
  headers: [name: string, value: string][];
  body: Buffer | string;
}
