import { rule } from "../../../../policies/rules/lambda/function-limit-timeout.ts";
import { laws, resource } from "../../laws.ts";

const fn = (timeout: number) => resource("aws:lambda/function:Function", { name: "slipway-dev-api", timeout });
const uri = (name: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:${name}:live/invocations`;
const api = (name: string) =>
  resource(
    "aws:apigateway/restApi:RestApi",
    { body: JSON.stringify({ paths: { "/": { get: { uri: uri(name) } } } }) },
    { name: "gateway" },
  );

laws(rule, {
  violates: { "a minute behind the API": { of: [fn(60), api("slipway-dev-api")], says: "timeout is 60 seconds" } },
  passes: {
    "as long as the gateway": { of: [fn(29), api("slipway-dev-api")] },
    "a long function that no API calls": { of: [fn(900), api("slipway-dev-api-2")] },
  },
});
