import type { Place } from "../names.ts";
import { integrationOf, type Backend } from "./backend.ts";
import { preflight } from "./cors.ts";
import { gatewayResponses } from "./gateway-responses.ts";
import { refuseUnsupported } from "./limits.ts";
import { authorizedRoutes, operationsOf } from "./routes.ts";

/** As much of an OpenAPI 3.0 document as the gateway reads; everything else passes through untouched. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, PathItem>;
  components?: Components;
  [extension: `x-${string}`]: unknown;
}

export type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch";

/** The operations of one path, by method, and the parameters they share. */
export type PathItem = { [method in Method]?: Operation } & { parameters?: Parameter[] };

/** One route. `x-service` names the service behind it, `x-public-reason` says why it needs no token. */
export interface Operation {
  operationId?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  "x-service"?: string;
  "x-public-reason"?: string;
  [member: string]: unknown;
}

export interface Parameter {
  name?: string;
  in?: string;
  $ref?: string;
  [member: string]: unknown;
}

export interface Components {
  schemas?: Record<string, unknown>;
  parameters?: Record<string, Parameter>;
  securitySchemes?: Record<string, Record<string, unknown>>;
  [member: string]: unknown;
}

export interface GatewaySettings {
  place: Place;
  /** What stands behind each service named by `x-service`. */
  services: Record<string, Backend>;
  /** Origins whose pages may call the API, for example `https://app.example.com`. Empty means no CORS at all. */
  origins: readonly string[];
  /** How long the gateway waits for a service, in milliseconds: 50 to 29000. */
  timeoutMillis: number;
}

/**
 * Fails on a route without scopes or reason, on an unknown service or an undeclared scope, on a service without a route, and
 * on everything the gateway would refuse to import.
 */
export function refuseDocument(document: OpenApiDocument, services: string[], scopes: readonly string[]): void {
  refuseUnsupported(document);
  const routes = authorizedRoutes(document, services, scopes);
  const idle = services.find((name) => routes.every(({ service }) => service !== name));
  if (idle !== undefined) {
    throw new Error(
      `services has "${idle}", but no route of the document names it: add one with x-service or remove it`,
    );
  }
}

/**
 * The document that API Gateway imports: `document` with an integration and a request validator on every route, preflight
 * answers for `origins` and problem bodies for the gateway's own errors. The authorizer follows with `authorizedBy`, since
 * only AWS knows the user pool's ARN. Takes a document that `refuseDocument` let pass.
 */
export function gatewayDocument(document: OpenApiDocument, settings: GatewaySettings): OpenApiDocument {
  const { place, origins, services, timeoutMillis } = settings;
  const paths = structuredClone(document.paths);
  for (const { path, method, operation } of operationsOf(document)) {
    paths[path]![method] = {
      ...operation,
      "x-amazon-apigateway-request-validator": "everything",
      "x-amazon-apigateway-integration": integrationOf(
        place,
        services[operation["x-service"]!]!,
        { method, path },
        timeoutMillis,
      ),
    };
  }
  if (origins.length > 0) {
    for (const path of Object.keys(paths)) paths[path]!.options = preflight(document, path, origins);
  }
  return {
    ...document,
    paths,
    "x-amazon-apigateway-request-validators": {
      everything: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(origins),
  };
}

/** `document` with the user pool as its authorizer, under the name by which the routes ask for it. */
export function authorizedBy(document: OpenApiDocument, userPoolArn: string): OpenApiDocument {
  const cognito = {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPoolArn] },
  };
  return { ...document, components: { ...document.components, securitySchemes: { cognito } } };
}
