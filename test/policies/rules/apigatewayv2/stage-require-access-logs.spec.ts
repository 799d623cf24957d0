import { rule } from "../../../../policies/rules/apigatewayv2/stage-require-access-logs.ts";
import { laws, resource } from "../../laws.ts";

const destinationArn = "arn:aws:logs:eu-west-1:123456789012:log-group:access";
const stage = (props: object) => [resource("aws:apigatewayv2/stage:Stage", { name: "live", ...props })];

laws(rule, {
  violates: {
    "no access log": { of: stage({}), says: "no destination" },
    "a log without format": { of: stage({ accessLogSettings: { destinationArn } }), says: "no format" },
  },
  passes: { "an access log": { of: stage({ accessLogSettings: { destinationArn, format: "$context.requestId" } }) } },
});
