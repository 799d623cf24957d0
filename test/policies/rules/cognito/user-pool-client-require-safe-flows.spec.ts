import { rule } from "../../../../policies/rules/cognito/user-pool-client-require-safe-flows.ts";
import { laws, resource } from "../../laws.ts";

const client = (props: object) => [
  resource("aws:cognito/userPoolClient:UserPoolClient", {
    allowedOauthFlows: ["code"],
    preventUserExistenceErrors: "ENABLED",
    ...props,
  }),
];

laws(rule, {
  violates: {
    "the implicit flow": {
      of: client({ allowedOauthFlows: ["code", "implicit"] }),
      says: "the implicit flow is allowed",
    },
    "passwords sent by the client": {
      of: client({ explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }),
      says: "passwords may be sent",
    },
    "tokens that stay": { of: client({ enableTokenRevocation: false }), says: "enableTokenRevocation is false" },
    "errors that tell": {
      of: client({ preventUserExistenceErrors: "LEGACY" }),
      says: "preventUserExistenceErrors is not ENABLED",
    },
    "an address without TLS": { of: client({ callbackUrls: ["http://clinic.example/back"] }), says: "without TLS" },
    "an address that only begins like localhost": {
      of: client({ callbackUrls: ["http://localhost.evil.example/"] }),
      says: "without TLS",
    },
  },
  passes: {
    "the code flow": { of: client({ enableTokenRevocation: true, callbackUrls: ["https://clinic.example/back"] }) },
    "passwords where the stack allows them": {
      of: client({ explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }),
      options: { passwordSignIn: true },
    },
    "a developer's own machine": { of: client({ callbackUrls: ["http://localhost:5173/back"] }) },
    "sign-in by secure remote password": {
      of: client({ explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }),
    },
  },
});
