import type { Exchange, Reply } from "./exchange.ts";

/** What the gateway tells about a finished request: enough for metrics, alarms and a console. */
export interface ObservedRequest {
  requestId: string;
  traceId: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  method: string;
  /** Path as sent. */
  path: string;
  /** Resource with its `{parameters}`; undefined when no route matched. */
  route: string | undefined;
  status: number;
  latencyMillis: number;
  /** Undefined when the request did not reach an integration. */
  integrationLatencyMillis: number | undefined;
  functionName: string | undefined;
  /** The version that answered: the one the alias chose, or the revision of the task behind a load balancer, where that is known. */
  executedVersion: string | undefined;
  /** Kind of the gateway's own answer, for example `THROTTLED`; undefined when the integration answered. */
  errorKind: string | undefined;
  /** Why, in words that the client does not get to see. */
  errorDetail: string | undefined;
}

export function observed(exchange: Exchange, reply: Reply, latencyMillis: number): ObservedRequest {
  const { requestId, traceId, startedAt, received, route, integration, error } = exchange;
  return {
    requestId,
    traceId,
    startedAt,
    method: received.method,
    path: received.rawPath,
    route: route?.path,
    status: reply.status,
    latencyMillis,
    integrationLatencyMillis: integration?.latencyMillis,
    functionName: integration?.functionName,
    executedVersion: integration?.executedVersion,
    errorKind: error?.kind,
    errorDetail: error?.detail,
  };
}
