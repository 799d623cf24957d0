import * as apigatewayv2 from "@pulumi/aws/apigatewayv2/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";

export interface PrivateLinkArgs {
  place: Place;
  /** What is called through the link, `<project>-<stack>-<part>`, for those who read the groups. */
  part: string;
  vpcId: pulumi.Input<string>;
  /** Private subnets, one in each zone of the load balancers that are called. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** The way from API Gateway into a network, by a VPC link of the second kind: to application load balancers, without one for TCP between. */
export class PrivateLink extends pulumi.ComponentResource {
  readonly vpcLinkId: pulumi.Output<string>;
  /** Security group of the link: load balancers admit it. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: PrivateLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:PrivateLink", name, {}, opts);
    const called = validated(this, () => physicalName(args.place, args.part));
    const { vpcId, subnetIds } = args;
    const child = { parent: this };

    const group = new ec2.SecurityGroup(`${name}-group`, { vpcId, description: `API Gateway by ${called}` }, child);
    // Autonamed: AWS changes no subnets of a link, and Pulumi deletes what has a chosen name before it makes its successor. The
    // deployed API still calls through the old one then.
    const link = new apigatewayv2.VpcLink(`${name}-link`, { subnetIds, securityGroupIds: [group.id] }, child);

    this.vpcLinkId = link.id;
    this.securityGroupId = group.id;
    this.registerOutputs({ vpcLinkId: this.vpcLinkId, securityGroupId: this.securityGroupId });
  }
}
