import velocity from "velocityjs";
import type { IntegrationResponse } from "./document.ts";
import type { Exchange, Reply } from "./exchange.ts";
import { internalError } from "./gateway-error.ts";
import type { Integration } from "./integration.ts";
import { mappedValue } from "./mapping.ts";
import { contextVariable } from "./variables.ts";

/** What a template may set to change the reply. */
interface Override {
  header: Record<string, string>;
  status?: number;
}

/** The `mock` integration: the request template names a status, the response for it gives headers and body. */
export const mockIntegration: Integration = async (exchange) => {
  const { requestTemplates = {}, responses = {} } = exchange.route!.integration;
  const type = (exchange.received.header("content-type") ?? "application/json").split(";")[0]!.trim();
  const template = requestTemplates[Object.hasOwn(requestTemplates, type) ? type : "application/json"] ?? "";
  const status = statusIn(render(template, exchange, { header: {} }));
  const response = chosen(responses, status);
  if (!response) throw internalError(500, `no integration response for status ${status}`);
  return replyOf(response, exchange);
};

function replyOf(
  { statusCode, responseParameters = {}, responseTemplates = {} }: IntegrationResponse,
  exchange: Exchange,
): Reply {
  const override: Override = { header: {} };
  const type = Object.keys(responseTemplates)[0] ?? "application/json";
  const body = render(responseTemplates[type] ?? "", exchange, override).trim();
  const headers = new Map([["Content-Type", type]]);
  for (const [target, source] of Object.entries(responseParameters)) {
    const value = mappedValue(source, exchange);
    if (value !== undefined) headers.set(target.replace("method.response.header.", ""), value);
  }
  for (const [name, value] of Object.entries(override.header)) headers.set(name, String(value));
  return { status: Number(override.status ?? statusCode), headers: [...headers], body };
}

/** The response whose pattern matches the status, else the default. */
function chosen(responses: Record<string, IntegrationResponse>, status: number): IntegrationResponse | undefined {
  const pattern = Object.keys(responses).find(
    (key) => key !== "default" && new RegExp(`^(?:${key})$`).test(String(status)),
  );
  return responses[pattern ?? "default"];
}

function statusIn(text: string): number {
  try {
    return Number((JSON.parse(text) as { statusCode: unknown }).statusCode);
  } catch {
    throw internalError(500, `request template gives no statusCode: ${text}`);
  }
}

/** Renders a mapping template (VTL) with the variables `$input`, `$context` and `$stageVariables`. */
function render(template: string, exchange: Exchange, responseOverride: Override): string {
  if (!/[#$]/.test(template)) return template;
  const { received, pathParameters, api } = exchange;
  const maps = {
    header: Object.fromEntries(received.headers),
    querystring: Object.fromEntries(received.query),
    path: pathParameters,
  };
  const params = (name?: string) => {
    if (name === undefined) return maps;
    return maps.path[name] ?? maps.querystring[name] ?? received.header(name) ?? "";
  };
  const body = received.body.toString("utf8");
  const names = [
    "requestId",
    "extendedRequestId",
    "httpMethod",
    "path",
    "resourcePath",
    "stage",
    "apiId",
    "requestTime",
    "requestTimeEpoch",
  ];
  const context = {
    ...Object.fromEntries(names.map((name) => [name, contextVariable(name, exchange)])),
    responseOverride,
  };
  return velocity.render(template, { input: { params, body }, context, stageVariables: api.stage.variables ?? {} });
}
