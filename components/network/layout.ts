import type { types } from "@pulumi/awsx";

/** How the address block is cut: the mask of one availability zone's share, and the subnets in it. */
export interface SubnetLayout {
  availabilityZoneCidrMask: number;
  subnetSpecs: types.input.ec2.SubnetSpecArgs[];
}

/**
 * Cuts `cidrBlock`, /16 to /22, into four shares, one per availability zone and one spare, and each share into half private,
 * a quarter isolated and a quarter public. A subnet cannot move, so nothing here depends on the number of zones or on
 * whether there are public subnets: those come last, and their room is kept. Fails on any other block.
 */
export function subnetLayout(cidrBlock: string, publicSubnets: boolean): SubnetLayout {
  const mask = maskOf(cidrBlock);
  const specs = [
    { name: "private", type: "Private", cidrMask: mask + 3 },
    { name: "isolated", type: "Isolated", cidrMask: mask + 4 },
    { name: "public", type: "Public", cidrMask: mask + 4 },
  ] as const;
  return {
    availabilityZoneCidrMask: mask + 2,
    subnetSpecs: specs.filter(({ type }) => publicSubnets || type !== "Public"),
  };
}

function maskOf(cidrBlock: string): number {
  const [, address, mask] = /^(\d+\.\d+\.\d+\.\d+)\/(1[6-9]|2[0-2])$/.exec(cidrBlock) ?? [];
  const octets = address?.split(".").map(Number) ?? [];
  const bits = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (octets.length !== 4 || octets.some((octet) => octet > 255) || bits % 2 ** (32 - Number(mask)) !== 0) {
    throw new Error(
      `cidrBlock must be an IPv4 block from /16 to /22 at its first address, got "${cidrBlock}": use 10.0.0.0/16`,
    );
  }
  return Number(mask);
}
