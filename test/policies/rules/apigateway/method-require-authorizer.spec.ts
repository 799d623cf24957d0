import { rule } from "../../../../policies/rules/apigateway/method-require-authorizer.ts";
import { laws, resource } from "../../laws.ts";

const method = (props: object) => [resource("aws:apigateway/method:Method", { httpMethod: "GET", ...props })];

laws(rule, {
  violates: {
    "no authorization": { of: method({ authorization: "NONE" }), says: 'authorization is "NONE"' },
    "no scopes": {
      of: method({ authorization: "COGNITO_USER_POOLS", authorizationScopes: [] }),
      says: "authorizationScopes is empty",
    },
  },
  passes: {
    "a token with scopes": {
      of: method({ authorization: "COGNITO_USER_POOLS", authorizationScopes: ["clinic/patients.read"] }),
    },
    "a signed request": { of: method({ authorization: "AWS_IAM" }) },
    preflight: { of: method({ httpMethod: "OPTIONS", authorization: "NONE" }) },
  },
});
