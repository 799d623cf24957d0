import { text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-method-require-authorizer",
  topic: "exposure",
  holds: "a method declared on its own asks for a token of the user pool and for scopes",
  why: "A method without authorizer answers anybody; one without scopes refuses access tokens and answers any user.",
  fix: "set authorization to COGNITO_USER_POOLS with authorizationScopes",
  source: "OWASP API Security 2023 API2, API5; AWS Security Hub APIGateway.8",
  severity: "critical",
  level: "mandatory",
  types: ["aws:apigateway/method:Method"],
  *check({ props }) {
    if (text(props, "httpMethod") === "OPTIONS") return; // preflight carries no token
    const authorization = text(props, "authorization");
    if (authorization === "AWS_IAM") return;
    if (authorization !== "COGNITO_USER_POOLS") yield `authorization is ${shown(authorization)}`;
    else if (texts(props, "authorizationScopes").length === 0) yield "authorizationScopes is empty";
  },
};
