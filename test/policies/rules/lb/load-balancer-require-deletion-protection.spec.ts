import { rule } from "../../../../policies/rules/lb/load-balancer-require-deletion-protection.ts";
import { laws, resource } from "../../laws.ts";

const balancer = (props: object) => [resource("aws:lb/loadBalancer:LoadBalancer", props)];

laws(rule, {
  violates: {
    "nothing said": { of: balancer({}), says: "enableDeletionProtection is not true" },
    "protection off": { of: balancer({ enableDeletionProtection: false }), says: "is not true" },
  },
  passes: { protection: { of: balancer({ enableDeletionProtection: true }) } },
});
