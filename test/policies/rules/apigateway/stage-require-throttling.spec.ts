import { rule } from "../../../../policies/rules/apigateway/stage-require-throttling.ts";
import { laws, resource } from "../../laws.ts";

const stage = resource("aws:apigateway/stage:Stage", { stageName: "live" });
const settings = (settings: object, methodPath = "*/*") =>
  resource(
    "aws:apigateway/methodSettings:MethodSettings",
    { stageName: "live", methodPath, settings },
    { name: "settings" },
  );

laws(rule, {
  violates: {
    "no settings": { of: [stage], says: "limit its rate and burst" },
    "a rate that means no limit": {
      of: [stage, settings({ throttlingRateLimit: -1, throttlingBurstLimit: 10 })],
      says: "limit its rate",
    },
    "a limit on one path": {
      of: [stage, settings({ throttlingRateLimit: 5, throttlingBurstLimit: 10 }, "patients/GET")],
      says: "limit",
    },
  },
  passes: {
    "a limit on every path": { of: [stage, settings({ throttlingRateLimit: 50, throttlingBurstLimit: 100 })] },
  },
});
