import type { Exchange, Reply } from "./exchange.ts";

/** `$context.identity.sourceIp`, `$stageVariables.color`; the names of claims may hold colons and hyphens. */
export const variablePattern = /\$(context|stageVariables)\.([A-Za-z]\w*(?:\.\w+(?:[:-]\w+)*)*)/g;

/**
 * The value of a `$context` variable, `undefined` when API Gateway would have none at this point. `reply` is known once the
 * answer is on its way: the access log is written then.
 */
export function contextVariable(
  name: string,
  exchange: Exchange,
  reply?: Reply,
  latencyMillis?: number,
): string | undefined {
  const claim = /^authorizer\.claims\.(.+)$/.exec(name)?.[1];
  if (claim) return exchange.claims?.[claim];
  const value = simple(exchange, reply, latencyMillis)[name];
  return value === undefined ? undefined : String(value);
}

function simple(
  exchange: Exchange,
  reply?: Reply,
  latencyMillis?: number,
): Record<string, string | number | undefined> {
  const { api, received, route, integration, error } = exchange;
  const authorized = route?.authorizer && (exchange.claims || error);
  const refused = error?.kind === "UNAUTHORIZED" || error?.kind === "ACCESS_DENIED";
  return {
    accountId: api.accountId,
    apiId: api.id,
    deploymentId: api.stage.deploymentId,
    stage: api.stage.name,
    domainName: received.header("host"),
    requestId: exchange.requestId,
    extendedRequestId: exchange.extendedRequestId,
    xrayTraceId: api.stage.tracing ? rootOf(exchange.traceId) : undefined,
    requestTime: requestTime(exchange.startedAt),
    requestTimeEpoch: exchange.startedAt,
    httpMethod: received.method,
    path: received.rawPath,
    protocol: received.protocol,
    resourcePath: route?.path,
    resourceId: route && resourceId(route.path),
    "identity.sourceIp": received.sourceIp,
    "identity.userAgent": received.header("user-agent"),
    "authorizer.principalId": exchange.claims?.sub,
    "authorizer.error": refused ? error.detail : undefined,
    "authorize.status": authorized ? (error?.kind === "ACCESS_DENIED" ? 403 : 200) : undefined,
    "authorizer.status": authorized ? (error?.kind === "UNAUTHORIZED" ? 401 : 200) : undefined,
    "error.message": error?.message,
    "error.messageString": error && JSON.stringify(error.message),
    "error.responseType": error?.kind,
    "error.validationErrorString": error?.kind.startsWith("BAD_REQUEST") ? (error.detail ?? error.message) : undefined,
    integrationLatency: integration?.latencyMillis,
    "integration.latency": integration?.latencyMillis,
    integrationStatus: integration?.proxyStatus ?? integration?.status,
    "integration.status": integration?.proxyStatus,
    "integration.integrationStatus": integration?.status,
    "integration.requestId": integration?.requestId,
    "integration.error": integration?.error,
    integrationErrorMessage: integration?.error,
    status: reply?.status,
    responseLength: reply && Buffer.byteLength(reply.body),
    responseLatency: latencyMillis,
    responseType: error?.kind,
  };
}

/** `1-5759e988-bd862e3fe1be46a994272793` of a trace header. */
export const rootOf = (traceId: string) => /Root=([^;]+)/.exec(traceId)?.[1];

/** Six letters that stay the same for a path, where AWS invents them. */
export function resourceId(path: string): string {
  let hash = 7;
  for (const character of path) hash = (hash * 31 + character.charCodeAt(0)) % 36 ** 6;
  return hash.toString(36).padStart(6, "0");
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14/Mar/2026:09:30:00 +0000`, as in the Common Log Format. */
export function requestTime(millis: number): string {
  const [year, month, rest] = new Date(millis).toISOString().split("-") as [string, string, string];
  return `${rest.slice(0, 2)}/${months[Number(month) - 1]}/${year}:${rest.slice(3, 11)} +0000`;
}
