import { rule } from "../../../../policies/rules/lb/load-balancer-require-access-logs.ts";
import { laws, resource } from "../../laws.ts";

const balancer = (props: object) => [
  resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "application", ...props }),
];

laws(rule, {
  violates: {
    "no logs": { of: balancer({}), says: "accessLogs are off" },
    "logs not enabled": { of: balancer({ accessLogs: { bucket: "logs" } }), says: "accessLogs are off" },
  },
  passes: { logs: { of: balancer({ accessLogs: { bucket: "logs", enabled: true } }) } },
});
