/** How what runs in the network reaches the world: not at all, AWS services only, or the internet through NAT gateways. */
export type Egress = "none" | "endpoints" | "single-nat" | "nat-per-az";

export const egresses: readonly Egress[] = ["none", "endpoints", "single-nat", "nat-per-az"];

/** The NAT gateways each egress needs, in the words of awsx. */
export const natStrategy = {
  none: "None",
  endpoints: "None",
  "single-nat": "Single",
  "nat-per-az": "OnePerAz",
} as const;

/** Whether private subnets get a route to the internet. */
export const reachesInternet = (egress: Egress): boolean => natStrategy[egress] !== "None";

/** What a month of egress costs, in US dollars without tax. */
export interface EgressCost {
  /** Charged whether it is used or not, for 730 hours. */
  fixed: number;
  /** Charged on top for each GB that passes. */
  perGB: number;
}

/**
 * List prices in US dollars, looked up on 2026-11-21. NAT gateways: AWS price list, file AmazonEC2 of eu-west-1 published on
 * 2026-09-25 (`EU-NatGateway-Hours`, `EU-NatGateway-Bytes`), and that of us-east-1 of 2025-10-01. Interface endpoints: AWS PrivateLink
 * pricing, borne out by a bill of eu-west-1 for July 2026 (`EU-VpcEndpoint-Hours`, $42.24 for 3840 hours). A NAT gateway has one
 * public address: Amazon VPC pricing, and the same month's `EU-PublicIPv4:InUseAddress`, $8.91 for 1783 hours. Gateway endpoints are
 * free.
 */
const prices: Readonly<Record<string, { natHour: number; natGB: number; endpointHour: number; endpointGB: number }>> = {
  "eu-west-1": { natHour: 0.048, natGB: 0.048, endpointHour: 0.011, endpointGB: 0.01 },
  "us-east-1": { natHour: 0.045, natGB: 0.045, endpointHour: 0.01, endpointGB: 0.01 },
};

const publicAddressHour = 0.005;
const hoursPerMonth = 730;

/**
 * The monthly cost of an egress in `region`, from list prices; undefined for a region that is not in the table.
 * `endpoints` counts the interface endpoints, each of which stands in every availability zone.
 */
export function monthlyEgressCost(
  region: string,
  egress: Egress,
  availabilityZones: number,
  endpoints: number,
): EgressCost | undefined {
  const price = prices[region];
  if (!price) return undefined;
  switch (egress) {
    case "none":
      return { fixed: 0, perGB: 0 };
    case "endpoints":
      return cost(endpoints * availabilityZones * price.endpointHour, price.endpointGB);
    case "single-nat":
      return cost(price.natHour + publicAddressHour, price.natGB);
    case "nat-per-az":
      return cost(availabilityZones * (price.natHour + publicAddressHour), price.natGB);
  }
}

/** The monthly cost of an egress in words: `endpoints: $16.06 a month and $0.01 a GB`. */
export function egressCost(region: string, egress: Egress, availabilityZones: number, endpoints: number): string {
  const monthly = monthlyEgressCost(region, egress, availabilityZones, endpoints);
  if (!monthly) return `${egress}: no list price of ${region} is known here`;
  const { fixed, perGB } = monthly;
  return fixed === 0 ? `${egress}: free` : `${egress}: $${fixed.toFixed(2)} a month and $${perGB} a GB`;
}

const cost = (perHour: number, perGB: number): EgressCost => ({
  fixed: Math.round(perHour * hoursPerMonth * 100) / 100,
  perGB,
});
