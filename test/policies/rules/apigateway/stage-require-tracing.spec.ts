import { rule } from "../../../../policies/rules/apigateway/stage-require-tracing.ts";
import { laws, resource } from "../../laws.ts";

const stage = (props: object) => [resource("aws:apigateway/stage:Stage", { stageName: "live", ...props })];

laws(rule, {
  violates: {
    "no word about tracing": { of: stage({}), says: "not true" },
    "tracing switched off": { of: stage({ xrayTracingEnabled: false }), says: "not true" },
  },
  passes: { "tracing switched on": { of: stage({ xrayTracingEnabled: true }) } },
});
