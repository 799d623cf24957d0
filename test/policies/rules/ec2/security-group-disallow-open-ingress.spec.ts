import { rule } from "../../../../policies/rules/ec2/security-group-disallow-open-ingress.ts";
import { laws, resource } from "../../laws.ts";

const group = (...ingress: object[]) => [resource("aws:ec2/securityGroup:SecurityGroup", { ingress })];
const entry = (props: object) => [resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", props)];
const old = (props: object) => [resource("aws:ec2/securityGroupRule:SecurityGroupRule", props)];
const port = (number: number, rest: object) => ({ fromPort: number, toPort: number, protocol: "tcp", ...rest });

laws(rule, {
  violates: {
    "SSH from everywhere": {
      of: group(port(22, { cidrBlocks: ["0.0.0.0/0"] })),
      says: 'ports 22 to 22 are open to "0.0.0.0/0"',
    },
    "the second of two": {
      of: group(port(443, { cidrBlocks: ["0.0.0.0/0"] }), port(5432, { ipv6CidrBlocks: ["::/0"] })),
      says: 'ports 5432 to 5432 are open to "::/0"',
    },
    "every protocol": {
      of: group({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
      says: "ports 0 to 65535",
    },
    "a range around an allowed port": {
      of: entry({ fromPort: 80, toPort: 443, ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" }),
      says: "80 to 443",
    },
    "the internet in two halves": {
      of: old(port(22, { type: "ingress", cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] })),
      says: "0.0.0.0/1",
    },
  },
  passes: {
    "HTTPS from everywhere": { of: group(port(443, { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] })) },
    "a private block": { of: entry({ fromPort: 5432, toPort: 5432, ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" }) },
    "another group": {
      of: entry({ fromPort: 5432, toPort: 5432, ipProtocol: "tcp", referencedSecurityGroupId: "sg-0123" }),
    },
    "a way out": { of: old(port(0, { type: "egress", cidrBlocks: ["0.0.0.0/0"] })) },
  },
});
