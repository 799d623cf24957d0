import { text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigatewayv2-route-require-authorizer",
  topic: "exposure",
  holds: "a route of an HTTP API asks for a token with scopes or for a signed request",
  why: "A route without authorizer answers anybody; a route without scopes answers any holder of a token.",
  fix: "set authorizationType to JWT with authorizationScopes, or to AWS_IAM",
  source: "OWASP API Security 2023 API2, API5; AWS Security Hub APIGateway.8",
  severity: "critical",
  level: "mandatory",
  types: ["aws:apigatewayv2/route:Route"],
  *check({ props }) {
    if (text(props, "routeKey")?.startsWith("OPTIONS ")) return; // preflight carries no token
    const kind = text(props, "authorizationType");
    if (kind === "JWT" && texts(props, "authorizationScopes").length === 0) yield "authorizationScopes is empty";
    if (kind !== "JWT" && kind !== "AWS_IAM") yield `authorizationType is ${shown(kind)}`;
  },
};
