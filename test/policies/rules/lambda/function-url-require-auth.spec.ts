import { rule } from "../../../../policies/rules/lambda/function-url-require-auth.ts";
import { laws, resource } from "../../laws.ts";

const url = (props: object) => [resource("aws:lambda/functionUrl:FunctionUrl", { functionName: "api", ...props })];

laws(rule, {
  violates: { "an open URL": { of: url({ authorizationType: "NONE" }), says: 'authorizationType is "NONE"' } },
  passes: { "a URL for signed requests": { of: url({ authorizationType: "AWS_IAM" }) } },
});
