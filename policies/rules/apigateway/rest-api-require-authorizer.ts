import { isCognitoAuthorizer, isPreflight, operationsOf, schemesOf, type Operation } from "../../facts/openapi.ts";
import { entries, json, read, text, texts } from "../../facts/reading.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-rest-api-require-authorizer",
  topic: "exposure",
  holds: "every route asks for a token of the user pool and for scopes, or says in writing why it is public",
  why: "A route without authorizer answers anybody; a route without scopes answers any user of the pool.",
  fix: "name the Cognito authorizer with scopes in the operation's security, or write x-public-reason beside an empty security list",
  source: "OWASP API Security 2023 API2, API5; AWS Security Hub APIGateway.8",
  severity: "critical",
  level: "mandatory",
  types: ["aws:apigateway/restApi:RestApi"],
  *check({ props }) {
    if (read(props, "body") === undefined) return; // its methods are resources of their own, with a rule of their own
    const document = json(props, "body");
    if (typeof document !== "object" || document === null) return yield "body is not an OpenAPI document";
    const cognito = new Set(
      [...schemesOf(document)].filter(([, scheme]) => isCognitoAuthorizer(scheme)).map(([name]) => name),
    );
    yield* each(operationsOf(document), function* (operation) {
      if (!isPreflight(operation)) yield* gaps(operation, cognito);
    });
  },
};

function* gaps({ route, content, security }: Operation, cognito: ReadonlySet<string>): Generator<string> {
  const reason = text(content, "x-public-reason")?.trim() ?? "";
  if (security === undefined || security.length === 0) {
    if (reason === "") yield `${route} has no authorizer`;
    return;
  }
  // The gateway's own extension wins over the standard field.
  const override = text(content, "x-amazon-apigateway-auth.type");
  if (override?.toUpperCase() === "NONE" && reason === "") yield `${route} has its authorizer switched off`;
  for (const alternative of security) {
    const schemes = entries(alternative);
    const guard = schemes.find(([name]) => cognito.has(name));
    if (schemes.length === 0 && reason === "") yield `${route} may be called without any authorizer`;
    else if (schemes.length > 0 && !guard) yield `${route} names no Cognito authorizer`;
    else if (guard && texts(guard[1]).length === 0) yield `${route} asks for no scope`;
  }
}
