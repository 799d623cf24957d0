import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface EndpointsArgs {
  region: string;
  vpcId: pulumi.Input<string>;
  /** Where the interfaces stand, one subnet per availability zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** AWS services, by the last part of the endpoint's service name: `secretsmanager`, `ecr.api`. */
  services: readonly string[];
}

/** Private ways to AWS services. The group admits nobody by itself: callers are let in one by one with `allowTraffic`. */
export function interfaceEndpoints(
  name: string,
  args: EndpointsArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { region, vpcId, subnetIds, services } = args;
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    { vpcId, description: "Interface endpoints of AWS services" },
    child,
  );
  for (const service of services) {
    new aws.ec2.VpcEndpoint(
      `${name}-endpoint-${service.replaceAll(".", "-")}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [group.id],
      },
      child,
    );
  }
  return group.id;
}

/** The way to S3, which costs nothing and keeps traffic to it off NAT gateways. */
export function storageEndpoint(
  name: string,
  args: { region: string; vpcId: pulumi.Input<string>; routeTableIds: pulumi.Input<pulumi.Input<string>[]> },
  child: pulumi.CustomResourceOptions,
): void {
  const { region, vpcId, routeTableIds } = args;
  new aws.ec2.VpcEndpoint(
    `${name}-endpoint-s3`,
    { vpcId, serviceName: `com.amazonaws.${region}.s3`, vpcEndpointType: "Gateway", routeTableIds },
    child,
  );
}
