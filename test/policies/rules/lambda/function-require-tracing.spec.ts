import { rule } from "../../../../policies/rules/lambda/function-require-tracing.ts";
import { laws, resource } from "../../laws.ts";

const fn = (props: object) => [resource("aws:lambda/function:Function", { name: "slipway-dev-api", ...props })];

laws(rule, {
  violates: {
    "no tracing": { of: fn({}), says: "tracingConfig.mode is not set" },
    "tracing left to the caller": { of: fn({ tracingConfig: { mode: "PassThrough" } }), says: "PassThrough" },
  },
  passes: { "active tracing": { of: fn({ tracingConfig: { mode: "Active" } }) } },
});
