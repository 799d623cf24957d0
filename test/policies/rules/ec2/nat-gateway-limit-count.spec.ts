import { rule } from "../../../../policies/rules/ec2/nat-gateway-limit-count.ts";
import { laws, resource } from "../../laws.ts";

const gateways = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    resource("aws:ec2/natGateway:NatGateway", { subnetId: `subnet-${index}` }, { name: `nat-${index}` }),
  );

laws(rule, {
  violates: {
    "one in each of four zones": { of: gateways(4), says: "the stack has 4 NAT gateways, allowed are 3" },
    "two where one is allowed": { of: gateways(2), options: { max: 1 }, says: "2 NAT gateways, allowed are 1" },
    "one per zone by awsx where one is allowed": {
      of: [resource("awsx:ec2:Vpc", { natGateways: { strategy: "OnePerAz" }, numberOfAvailabilityZones: 2 })],
      options: { max: 1 },
      says: "2 NAT gateways, allowed are 1",
    },
  },
  passes: {
    "a single one by awsx": {
      of: [resource("awsx:ec2:Vpc", { natGateways: { strategy: "Single" } })],
      options: { max: 1 },
    },
    "none of awsx, where the engine shows the network it made": {
      of: [resource("awsx:ec2:Vpc", {}), resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { name: "vpc" })],
      options: { max: 0 },
    },
    "one in each of three zones": { of: gateways(3) },
  },
});
