import type { Exchange } from "./exchange.ts";
import { isBinary } from "./media-types.ts";
import { requestTime, resourceId, rootOf } from "./variables.ts";

/** The event of a Lambda proxy integration, payload format 1.0. */
export function proxyEvent(exchange: Exchange): object {
  const { api, received, route, pathParameters, claims } = exchange;
  const headers = forwarded(exchange);
  const binary = isBinary(received.header("content-type"), api.binaryMediaTypes);
  return {
    resource: route!.path,
    path: received.path,
    httpMethod: received.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: multiValue(headers),
    queryStringParameters: received.query.length > 0 ? Object.fromEntries(received.query) : null,
    multiValueQueryStringParameters: received.query.length > 0 ? multiValue(received.query) : null,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: api.stage.variables ?? null,
    requestContext: {
      resourceId: resourceId(route!.path),
      ...(claims && { authorizer: { claims } }),
      resourcePath: route!.path,
      httpMethod: received.method,
      extendedRequestId: exchange.extendedRequestId,
      requestTime: requestTime(exchange.startedAt),
      path: received.rawPath,
      accountId: api.accountId,
      protocol: received.protocol,
      stage: api.stage.name,
      domainPrefix: (received.header("host") ?? "").split(/[.:]/)[0],
      requestTimeEpoch: exchange.startedAt,
      requestId: exchange.requestId,
      identity: identity(exchange),
      domainName: received.header("host") ?? "",
      deploymentId: api.stage.deploymentId,
      apiId: api.id,
    },
    body: received.body.length === 0 ? null : received.body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: binary && received.body.length > 0,
  };
}

/** The request's headers without those of the connection, with those API Gateway adds. */
function forwarded({ received, traceId }: Exchange): [string, string][] {
  const replaced = [
    "connection",
    "content-length",
    "x-amzn-trace-id",
    "x-forwarded-for",
    "x-forwarded-port",
    "x-forwarded-proto",
  ];
  const before = received.header("x-forwarded-for");
  return [
    ...received.headers.filter(([name]) => !replaced.includes(name.toLowerCase())),
    ["X-Amzn-Trace-Id", `Root=${rootOf(traceId)}`],
    ["X-Forwarded-For", before ? `${before}, ${received.sourceIp}` : received.sourceIp],
    ["X-Forwarded-Port", /:(\d+)$/.exec(received.header("host") ?? "")?.[1] ?? "80"],
    ["X-Forwarded-Proto", "http"],
  ];
}

function multiValue(pairs: [string, string][]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

function identity({ received }: Exchange): object {
  return {
    cognitoIdentityPoolId: null,
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    sourceIp: received.sourceIp,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    userAgent: received.header("user-agent") ?? null,
    user: null,
  };
}
