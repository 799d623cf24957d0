import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { document, type Statement } from "../iam/document.ts";
import type { Endpoints } from "./endpoint-uses.ts";

export interface EndpointsArgs {
  region: string;
  vpcId: pulumi.Input<string>;
  /** Where the interfaces stand, one subnet per availability zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  services: Endpoints;
}

/** Private ways to AWS services. The group admits nobody by itself: callers are let in one by one with `allowTraffic`. */
export function interfaceEndpoints(
  name: string,
  { region, vpcId, subnetIds, services }: EndpointsArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    { vpcId, description: "Interface endpoints of AWS services" },
    child,
  );
  for (const [service, statements] of Object.entries(services)) {
    new aws.ec2.VpcEndpoint(
      `${name}-endpoint-${service.replaceAll(".", "-")}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [group.id],
        ...(statements.length > 0 && { policy: document(...statements) }),
      },
      child,
    );
  }
  return group.id;
}

/**
 * The way to S3, which costs nothing and keeps traffic to it off NAT gateways; `allowed` is all that may be done on it, everything unless
 * told. Gives the list of S3's addresses: a security group has to let its members out to them.
 */
export function storageEndpoint(
  name: string,
  args: { region: string; vpcId: pulumi.Input<string>; routeTableIds: pulumi.Input<pulumi.Input<string>[]> },
  allowed: readonly Statement[],
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { region, vpcId, routeTableIds } = args;
  const endpoint = new aws.ec2.VpcEndpoint(
    `${name}-endpoint-s3`,
    {
      ...{ vpcId, serviceName: `com.amazonaws.${region}.s3`, vpcEndpointType: "Gateway", routeTableIds },
      ...(allowed.length > 0 && { policy: document(...allowed) }),
    },
    child,
  );
  return endpoint.prefixListId;
}
