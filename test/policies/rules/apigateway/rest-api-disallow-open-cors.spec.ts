import { rule } from "../../../../policies/rules/apigateway/rest-api-disallow-open-cors.ts";
import { laws, resource } from "../../laws.ts";

const api = (body: object) => [resource("aws:apigateway/restApi:RestApi", { body: JSON.stringify(body) })];
const errors = (origin: string, credentials: string) =>
  api({
    "x-amazon-apigateway-gateway-responses": {
      DEFAULT_4XX: {
        responseParameters: {
          "gatewayresponse.header.Access-Control-Allow-Origin": origin,
          "gatewayresponse.header.Access-Control-Allow-Credentials": credentials,
        },
      },
    },
  });

laws(rule, {
  violates: {
    "every origin with credentials": { of: errors("'*'", "'true'"), says: "allows credentials for every origin" },
    "the caller's own origin with credentials": {
      of: errors("method.request.header.Origin", "'true'"),
      says: "DEFAULT_4XX",
    },
  },
  passes: {
    "one origin with credentials": { of: errors("'https://clinic.example'", "'true'") },
    "every origin without credentials": { of: errors("'*'", "'false'") },
  },
});
