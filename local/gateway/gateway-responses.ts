import type { GatewayResponse } from "./document.ts";
import type { Exchange, Reply } from "./exchange.ts";
import type { GatewayError } from "./gateway-error.ts";
import { mappedValue } from "./mapping.ts";
import { contextVariable, variablePattern } from "./variables.ts";

/** The answer to a request that the gateway ends itself, as the document's gateway responses say. */
export function errorReply(exchange: Exchange, error: GatewayError): Reply {
  const { gatewayResponses } = exchange.api;
  const standard = gatewayResponses[error.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
  const response = gatewayResponses[error.kind] ?? standard ?? {};
  const [contentType, body] = bodyOf(exchange, error, response);
  const headers: Reply["headers"] = [
    ["Content-Type", contentType],
    ["x-amzn-ErrorType", error.errorType],
  ];
  for (const [target, source] of Object.entries(response.responseParameters ?? {})) {
    const name = target.replace("gatewayresponse.header.", "");
    const value = mappedValue(source, exchange);
    if (value === undefined) continue;
    const at = headers.findIndex(([key]) => key.toLowerCase() === name.toLowerCase());
    headers.splice(at < 0 ? headers.length : at, at < 0 ? 0 : 1, [name, value]);
  }
  return { status: Number(response.statusCode ?? error.status), headers, body };
}

/** Templates of gateway responses know variables only, no logic. The one for the accepted type is taken, else the first. */
function bodyOf(
  exchange: Exchange,
  error: GatewayError,
  { responseTemplates = {} }: GatewayResponse,
): [type: string, body: string] {
  const accepted = exchange.received.header("accept")?.split(/[,;]/)[0]?.trim() ?? "application/json";
  const type = Object.hasOwn(responseTemplates, accepted) ? accepted : Object.keys(responseTemplates)[0];
  // API Gateway spells the member differently in this one answer.
  if (type === undefined)
    return [
      "application/json",
      JSON.stringify({ [error.kind === "ACCESS_DENIED" ? "Message" : "message"]: error.message }),
    ];
  const body = responseTemplates[type]!.replace(variablePattern, (_, root: string, name: string) => {
    return (root === "context" ? contextVariable(name, exchange) : exchange.api.stage.variables?.[name]) ?? "";
  });
  return [type, body];
}
