import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Opens the two ports of a public front door to everybody, the second for the redirect to the first, and lets the load
 * balancer fetch the keys of token issuers.
 */
export function openToWorld(
  name: string,
  securityGroupId: pulumi.Input<string>,
  child: pulumi.CustomResourceOptions,
): void {
  const world = (port: number, description: string) => {
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    return { ...ports, securityGroupId, cidrIpv4: "0.0.0.0/0", description };
  };
  new aws.vpc.SecurityGroupIngressRule(`${name}-world`, world(443, "everybody to the front door"), child);
  new aws.vpc.SecurityGroupIngressRule(`${name}-world-plain`, world(80, "everybody to the redirect"), child);
  new aws.vpc.SecurityGroupEgressRule(`${name}-keys`, world(443, "keys of token issuers"), child);
}
