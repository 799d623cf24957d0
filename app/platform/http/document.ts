import * as z from "zod/mini";
import { type ServiceName, tokenScope } from "../../contract.ts";
import { ProblemDetails } from "./problem.ts";
import { type Answer, commonProblems, type Route, type Schema, tokenProblems } from "./route.ts";

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.0.3 document of all services, within what API Gateway imports: no `additionalProperties`, no `anyOf`, model
 * names of letters only. Where a `format` says it, its regular expression is left to the service.
 */
export function openApiDocument(services: Record<ServiceName, readonly Route[]>): Json {
  const paths: Record<string, Json> = {};
  for (const [service, routes] of Object.entries(services)) {
    for (const route of routes) {
      paths[route.path] = { ...paths[route.path], [route.method]: operation(service, route) };
    }
  }
  const schemes = { cognito: { type: "apiKey", name: "Authorization", in: "header" } };
  return {
    openapi: "3.0.3",
    info: { title: "Clinic", version: "1.0.0", description: "Patients and their appointments" },
    paths,
    components: { securitySchemes: schemes, schemas: models() },
  };
}

function operation(service: string, route: Route): Json {
  const { operationId, summary, scope, publicReason, params, query, body, headers = [], answers } = route;
  const closed = scope !== undefined;
  const parameters = [
    ...parametersIn("path", params),
    ...parametersIn("query", query),
    ...headers.map((name) => ({ name, in: "header", required: false, ...headerDocs[name] })),
  ];
  return {
    operationId,
    summary,
    tags: [service],
    "x-service": service,
    security: closed ? [{ cognito: [tokenScope(scope)] }] : [],
    ...(publicReason && { "x-public-reason": publicReason }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: reference(body) } } } }),
    responses: mapValues({ ...commonProblems, ...(closed && tokenProblems), ...answers }, response),
  };
}

const headerDocs = {
  "Idempotency-Key": {
    description: "1 to 128 visible ASCII characters; the same key and body again give the first answer again",
    schema: { type: "string", minLength: 1, maxLength: 128 },
  },
  "If-Match": {
    description: "ETag the change is meant for; without it the change always applies",
    schema: { type: "string" },
  },
};

function parametersIn(place: "path" | "query", schema: Schema | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => {
    return { name, in: place, required: required.includes(name), schema: shape };
  });
}

function response({ description, schema }: Answer): Json {
  const type = schema ? "application/json" : "application/problem+json";
  return { description, content: { [type]: { schema: reference(schema ?? ProblemDetails) } } };
}

function reference(schema: Schema): Json {
  return { $ref: address(z.globalRegistry.get(schema)?.id ?? missingName()) };
}

function missingName(): never {
  throw new Error("a body schema needs an id in the global registry to be named in openapi.json");
}

const address = (id: string) => `#/components/schemas/${id}`;

function models(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { target: "openapi-3.0", io: "input", uri: address });
  return Object.fromEntries(
    Object.entries(schemas)
      .sort()
      .map(([name, schema]) => [name, importable(schema)]),
  );
}

function toSchema(schema: Schema): unknown {
  return importable(z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" }));
}

/** `value` without the keywords that API Gateway refuses or that say again what `format` says. */
function importable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(importable);
  if (typeof value !== "object" || value === null) return value;
  const { $id, additionalProperties, pattern, ...rest } = value as Json;
  void [$id, additionalProperties];
  if (rest.maximum === Number.MAX_SAFE_INTEGER) delete rest.maximum;
  return mapValues({ ...rest, ...(pattern && !rest.format ? { pattern } : {}) }, importable);
}

function mapValues<T>(record: Record<string, T>, change: (value: T) => unknown): Json {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
