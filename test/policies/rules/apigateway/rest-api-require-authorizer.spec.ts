import { rule } from "../../../../policies/rules/apigateway/rest-api-require-authorizer.ts";
import { laws, resource } from "../../laws.ts";

const pool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI";
const scheme = (props: object = {}) => ({
  type: "apiKey",
  "x-amazon-apigateway-authtype": "cognito_user_pools",
  "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [pool], ...props },
});
const read = [{ cognito: ["clinic/patients.read"] }];
const document = (operation: object, schemes: object = { cognito: scheme() }, rest: object = {}) => ({
  openapi: "3.0.3",
  paths: { "/patients": { get: operation } },
  components: { securitySchemes: schemes },
  ...rest,
});
const api = (body: object | string) => [
  resource("aws:apigateway/restApi:RestApi", { body: typeof body === "string" ? body : JSON.stringify(body) }),
];

laws(rule, {
  violates: {
    "a route without security": { of: api(document({})), says: "GET /patients has no authorizer" },
    "an empty security without a reason": {
      of: api(document({ security: [] })),
      says: "GET /patients has no authorizer",
    },
    "a blank reason": { of: api(document({ security: [], "x-public-reason": " " })), says: "has no authorizer" },
    "no scopes": { of: api(document({ security: [{ cognito: [] }] })), says: "GET /patients asks for no scope" },
    "an alternative without authorizer": {
      of: api(document({ security: [...read, {}] })),
      says: "without any authorizer",
    },
    "another kind of authorizer": {
      of: api(document({ security: read }, { cognito: scheme({ type: "token" }) })),
      says: "names no Cognito",
    },
    "an authorizer of no pool": {
      of: api(document({ security: read }, { cognito: scheme({ providerARNs: [] }) })),
      says: "names no Cognito",
    },
    "a scheme that is not there": { of: api(document({ security: read }, {})), says: "names no Cognito authorizer" },
    "an authorizer switched off": {
      of: api(document({ security: read, "x-amazon-apigateway-auth": { type: "NONE" } })),
      says: "switched off",
    },
    "preflight that reaches a service": {
      of: api({ paths: { "/patients": { options: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } } } }),
      says: "OPTIONS /patients has no authorizer",
    },
    "the catch-all method": {
      of: api({ paths: { "/{proxy+}": { "x-amazon-apigateway-any-method": {} } } }),
      says: "ANY /{proxy+} has no authorizer",
    },
    "a body that is no document": { of: api("{"), says: "body is not an OpenAPI document" },
  },
  passes: {
    "a route with scopes": { of: api(document({ security: read })) },
    "security said once for all": { of: api(document({}, { cognito: scheme() }, { security: read })) },
    "a public route with its reason": {
      of: api(document({ security: [], "x-public-reason": "load balancers carry no token" })),
    },
    "preflight answered by the gateway": {
      of: api({ paths: { "/patients": { options: { "x-amazon-apigateway-integration": { type: "mock" } } } } }),
    },
    "Swagger 2": {
      of: api({
        swagger: "2.0",
        paths: { "/p": { get: { security: read } } },
        securityDefinitions: { cognito: scheme() },
      }),
    },
  },
});
