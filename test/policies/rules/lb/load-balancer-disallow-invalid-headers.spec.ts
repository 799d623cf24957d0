import { rule } from "../../../../policies/rules/lb/load-balancer-disallow-invalid-headers.ts";
import { laws, resource } from "../../laws.ts";

const balancer = (props: object) => [resource("aws:lb/loadBalancer:LoadBalancer", props)];

laws(rule, {
  violates: {
    "nothing said": { of: balancer({}), says: "dropInvalidHeaderFields is not true" },
    "headers let through": {
      of: balancer({ loadBalancerType: "application", dropInvalidHeaderFields: false }),
      says: "is not true",
    },
  },
  passes: {
    "headers taken out": { of: balancer({ dropInvalidHeaderFields: true }) },
    "a load balancer that reads no headers": { of: balancer({ loadBalancerType: "network" }) },
  },
});
