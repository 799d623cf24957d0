import { pointsTo } from "../../facts/links.ts";
import { balancerTypes, isApplicationBalancer } from "../../facts/load-balancers.ts";
import { flag } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "lb-load-balancer-require-firewall",
  topic: "exposure",
  holds: "an application load balancer that the internet reaches stands behind a web application firewall",
  why: "Tokens tell who asks; floods, scanners and known attack strings are the firewall's part, and routes without a token have nothing else.",
  fix: "associate a wafv2 web ACL with the load balancer, or set internal to true",
  source: "AWS Security Hub ELB.16",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  *checkStack(resources) {
    const associations = ofType(resources, "aws:wafv2/webAclAssociation:WebAclAssociation");
    yield* about(ofType(resources, ...balancerTypes), function* (balancer) {
      if (flag(balancer.props, "internal") || !isApplicationBalancer(balancer)) return;
      if (!any(associations, (one) => pointsTo(one, "resourceArn", balancer))) yield "no web ACL is associated with it";
    });
  },
};
