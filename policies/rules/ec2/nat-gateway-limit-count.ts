import { natGatewayCount } from "../../facts/networks.ts";
import { amount } from "../../facts/reading.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "ec2-nat-gateway-limit-count",
  topic: "cost",
  holds: "a stack has no more NAT gateways than it was given",
  why: "Each is paid by the hour whether used or not, and by the gigabyte on top; a small stack needs one or none.",
  fix: "choose a cheaper egress, or raise the limit in the pack's configuration of the stack",
  source: "Amazon VPC pricing, NAT gateways",
  severity: "low",
  level: "advisory",
  options: { max: { type: "integer", minimum: 0, default: 3, description: "Most NAT gateways of the stack." } },
  *checkStack(resources, options) {
    const [count, max] = [natGatewayCount(resources), amount(options, "max") ?? Infinity];
    if (count > max) yield `the stack has ${count} NAT gateways, allowed are ${max}`;
  },
};
