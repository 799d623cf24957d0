import { balancerTypes, isApplicationBalancer } from "../../facts/load-balancers.ts";
import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lb-load-balancer-disallow-invalid-headers",
  topic: "exposure",
  holds: "an application load balancer takes out headers that are none",
  why: "Two servers that read a malformed header differently see two requests where one was sent: that is how requests are smuggled.",
  fix: "set dropInvalidHeaderFields to true",
  source: "AWS Security Hub ELB.4",
  severity: "medium",
  level: "mandatory",
  types: balancerTypes,
  *check(balancer) {
    if (isApplicationBalancer(balancer) && !flag(balancer.props, "dropInvalidHeaderFields")) {
      yield "dropInvalidHeaderFields is not true";
    }
  },
};
