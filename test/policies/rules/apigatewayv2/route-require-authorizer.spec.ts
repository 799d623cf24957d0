import { rule } from "../../../../policies/rules/apigatewayv2/route-require-authorizer.ts";
import { laws, resource } from "../../laws.ts";

const route = (props: object) => [resource("aws:apigatewayv2/route:Route", { routeKey: "GET /patients", ...props })];

laws(rule, {
  violates: {
    "no authorizer": { of: route({}), says: "authorizationType is not set" },
    "an authorizer of another kind": { of: route({ authorizationType: "NONE" }), says: 'authorizationType is "NONE"' },
    "no scopes": { of: route({ authorizationType: "JWT" }), says: "authorizationScopes is empty" },
  },
  passes: {
    "a token with scopes": { of: route({ authorizationType: "JWT", authorizationScopes: ["clinic/patients.read"] }) },
    "a signed request": { of: route({ authorizationType: "AWS_IAM" }) },
  },
});
