import type { OpenApiDocument, Operation, Parameter } from "./openapi.ts";

/**
 * Fails on anything but exact origins. A wildcard would let every page on the internet use a signed-in reader's token that
 * it got hold of.
 */
export function refuseOrigins(origins: readonly string[]): void {
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    const local = url?.protocol === "http:" && url.hostname === "localhost";
    if (url?.origin !== origin || /[*'"\\$#]/.test(origin) || !(url.protocol === "https:" || local)) {
      throw new Error(
        `allowedOrigins must be exact, like https://app.example.com or http://localhost:3000, got "${origin}": name each origin`,
      );
    }
  }
}

/**
 * The answer to a preflight request for `path`, given by the gateway itself. With several origins a template repeats the
 * request's origin only when it is one of them, for a browser accepts one value, not a list.
 */
export function preflight(document: OpenApiDocument, path: string, origins: readonly string[]): Operation {
  const item = document.paths[path]!;
  const methods = Object.keys(item).filter((key) => key !== "parameters");
  const fixed = {
    "Access-Control-Allow-Methods": [...methods, "options"].map((method) => method.toUpperCase()).join(","),
    "Access-Control-Allow-Headers": requestHeaders(document, path).join(","),
    "Access-Control-Max-Age": "3600",
    Vary: "Origin",
    ...(origins.length === 1 && { "Access-Control-Allow-Origin": origins[0]! }),
  };
  const names = new Set([...Object.keys(fixed), "Access-Control-Allow-Origin"]);
  const headers = Object.fromEntries([...names].map((name) => [name, { schema: { type: "string" } }]));
  return {
    security: [],
    "x-public-reason": "a browser sends preflight requests without credentials",
    responses: { "204": { description: "What the browser may send", headers } },
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "when_no_match",
      requestTemplates: { "application/json": '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: Object.fromEntries(
            Object.entries(fixed).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
          responseTemplates: { "application/json": origins.length === 1 ? "" : allowOneOf(origins) },
        },
      },
    },
  };
}

/**
 * The CORS headers of errors that the gateway itself answers. Their mappings know no conditions and their templates are no VTL
 * (developer guide, "x-amazon-apigateway-gateway-responses.responseTemplates"), so they name one origin, the first: to repeat the
 * request's own would tell every page of the web that it may read them. Pages of the other origins see that the gateway refused,
 * not why; answers of services have each origin's own.
 */
export function errorHeaders([first]: readonly string[]): Record<string, string> {
  if (first === undefined) return {};
  return {
    "gatewayresponse.header.Access-Control-Allow-Origin": `'${first}'`,
    "gatewayresponse.header.Vary": "'Origin'",
  };
}

function allowOneOf(origins: readonly string[]): string {
  const known = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${known})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join("\n");
}

function requestHeaders(document: OpenApiDocument, path: string): string[] {
  const { parameters = [], ...operations } = document.paths[path]!;
  const all = [...parameters, ...Object.values(operations).flatMap((operation) => operation?.parameters ?? [])];
  const declared = all.map((parameter) => resolved(document, parameter)).filter((p) => p.in === "header");
  return [...new Set(["Authorization", "Content-Type", ...declared.map(({ name }) => name!)])];
}

function resolved(document: OpenApiDocument, parameter: Parameter): Parameter {
  const name = parameter.$ref?.replace("#/components/parameters/", "");
  return name === undefined ? parameter : (document.components?.parameters?.[name] ?? parameter);
}
