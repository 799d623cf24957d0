/**
 * One JSON line per request, every member a `$context` variable of the gateway. The route is logged as its template, so no
 * identifier of a person enters the log through the path.
 */
export const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  traceId: "$context.xrayTraceId",
  time: "$context.requestTimeEpoch",
  method: "$context.httpMethod",
  route: "$context.resourcePath",
  status: "$context.status",
  latency: "$context.responseLatency",
  responseBytes: "$context.responseLength",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  clientId: "$context.authorizer.claims.client_id",
  authorizerError: "$context.authorizer.error",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  integrationError: "$context.integration.error",
  integrationRequestId: "$context.integration.requestId",
  errorType: "$context.error.responseType",
  error: "$context.error.message",
  firewall: "$context.waf.status",
});
