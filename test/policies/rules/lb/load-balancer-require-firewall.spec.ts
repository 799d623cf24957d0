import { rule } from "../../../../policies/rules/lb/load-balancer-require-firewall.ts";
import { laws, resource } from "../../laws.ts";

const balancer = (props: object) =>
  resource("aws:lb/loadBalancer:LoadBalancer", props, { outputs: { arn: "arn:door" } });
const acl = (resourceArn: string) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn }, { name: "acl" });

laws(rule, {
  violates: {
    "no firewall": { of: [balancer({ internal: false })], says: "no web ACL" },
    "no firewall where nobody says it is internal": { of: [balancer({})], says: "no web ACL" },
    "the firewall of another": { of: [balancer({ internal: false }), acl("arn:other")], says: "no web ACL" },
  },
  passes: {
    "a firewall": { of: [balancer({ internal: false }), acl("arn:door")] },
    "no firewall inside the network": { of: [balancer({ internal: true })] },
    "no firewall before what speaks no HTTP": { of: [balancer({ internal: false, loadBalancerType: "network" })] },
  },
});
