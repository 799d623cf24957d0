import { rule } from "../../../../policies/rules/ecs/cluster-require-insights.ts";
import { laws, resource } from "../../laws.ts";

const cluster = (value?: string) => [
  resource("aws:ecs/cluster:Cluster", { settings: value ? [{ name: "containerInsights", value }] : [] }),
];

laws(rule, {
  violates: {
    "no setting": { of: cluster(), says: "containerInsights is off" },
    "insights switched off": { of: cluster("disabled"), says: "containerInsights is off" },
  },
  passes: { "enhanced insights": { of: cluster("enhanced") } },
});
