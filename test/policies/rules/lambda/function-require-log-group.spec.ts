import { rule } from "../../../../policies/rules/lambda/function-require-log-group.ts";
import { laws, resource } from "../../laws.ts";

const fn = (props: object = {}) => resource("aws:lambda/function:Function", { name: "slipway-dev-api", ...props });
const group = (name: string) => resource("aws:cloudwatch/logGroup:LogGroup", { name }, { name: "logs" });

laws(rule, {
  violates: {
    "no log group": { of: [fn()], says: "its log group is not in the stack" },
    "the log group of another function": {
      of: [fn(), group("/aws/lambda/slipway-dev-other")],
      says: "not in the stack",
    },
  },
  passes: {
    "a log group named in the function": {
      of: [fn({ loggingConfig: { logGroup: "/slipway/api" } }), group("/slipway/api")],
    },
    "a log group of the default name": { of: [fn(), group("/aws/lambda/slipway-dev-api")] },
  },
});
