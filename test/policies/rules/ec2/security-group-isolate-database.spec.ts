import { rule } from "../../../../policies/rules/ec2/security-group-isolate-database.ts";
import { laws, resource } from "../../laws.ts";

const entry = (port: number, props: object) => [
  resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...props,
  }),
];

laws(rule, {
  violates: {
    "a whole network": { of: entry(5432, { cidrIpv4: "10.0.0.0/16" }), says: 'port 5432 is open to "10.0.0.0/16"' },
    "a range that holds the port": { of: entry(5000, { toPort: 6000, cidrIpv4: "10.0.0.0/16" }), says: "port 5432" },
  },
  passes: {
    "a security group": { of: entry(5432, { referencedSecurityGroupId: "sg-0123456789abcdef0" }) },
    "another port": { of: entry(8080, { cidrIpv4: "10.0.0.0/16" }) },
  },
});
