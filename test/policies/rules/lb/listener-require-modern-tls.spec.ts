import { rule } from "../../../../policies/rules/lb/listener-require-modern-tls.ts";
import { laws, resource } from "../../laws.ts";

const listener = (props: object) => [resource("aws:lb/listener:Listener", props)];
const forward = {
  type: "forward",
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/6d0e",
};
const https = (sslPolicy?: string) => listener({ port: 443, protocol: "HTTPS", sslPolicy, defaultActions: [forward] });

const balancer = (props: object) =>
  resource("aws:lb/loadBalancer:LoadBalancer", props, {
    name: "front",
    outputs: { arn: "arn:front", id: "arn:front" },
  });
const plain = listener({ port: 80, protocol: "HTTP", loadBalancerArn: "arn:front", defaultActions: [forward] });

laws(rule, {
  violates: {
    "the default policy": { of: https(), says: "sslPolicy is not set" },
    "a policy of 2016": { of: https("ELBSecurityPolicy-2016-08"), says: "ELBSecurityPolicy-2016-08" },
    "a new policy that lets old versions in": { of: https("ELBSecurityPolicy-TLS13-1-0-2021-06"), says: "TLS13-1-0" },
    "plain HTTP to the internet": { of: [balancer({ internal: false }), ...plain], says: "plain HTTP" },
    "plain HTTP behind a load balancer that nobody says is internal": {
      of: [balancer({}), ...plain],
      says: "plain HTTP",
    },
    "plain HTTP beside an internal load balancer": {
      of: [
        balancer({ internal: true }),
        ...listener({ port: 80, protocol: "HTTP", loadBalancerArn: "arn:other", defaultActions: [forward] }),
      ],
      says: "plain HTTP",
    },
    "plain HTTP": { of: listener({ port: 80, protocol: "HTTP", defaultActions: [forward] }), says: "plain HTTP" },
  },
  passes: {
    "plain HTTP inside the network": { of: [balancer({ internal: true }), ...plain] },
    "TLS 1.3": { of: https("ELBSecurityPolicy-TLS13-1-2-2021-06") },
    "a redirect": {
      of: listener({
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
      }),
    },
  },
});
