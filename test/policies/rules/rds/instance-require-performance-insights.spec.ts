import { rule } from "../../../../policies/rules/rds/instance-require-performance-insights.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object, type = "aws:rds/instance:Instance") => [resource(type, props)];

laws(rule, {
  violates: {
    "nothing said": { of: instance({}), says: "performanceInsightsEnabled is not true" },
    "insights off": { of: instance({ performanceInsightsEnabled: false }), says: "is not true" },
    "nothing said about an instance of a cluster": {
      of: instance({}, "aws:rds/clusterInstance:ClusterInstance"),
      says: "is not true",
    },
  },
  passes: { insights: { of: instance({ performanceInsightsEnabled: true }) } },
});
