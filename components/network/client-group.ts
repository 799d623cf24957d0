import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allowTraffic } from "./traffic.ts";

export interface ClientGroupArgs {
  /** VPC the group belongs to. */
  vpcId: pulumi.Input<string>;
  /** Who is in the group, for those who read the rules. */
  purpose: string;
  /** Security group of the network's interface endpoints: the group may call them. Defaults to none. */
  endpointSecurityGroupId?: pulumi.Input<string>;
  /** List of S3's addresses in the region: the group may read what is there. Defaults to none. */
  storagePrefixListId?: pulumi.Input<string>;
  /** Whether the group may call the internet over HTTPS, where the network has a NAT gateway. Defaults to false. */
  internet?: boolean;
}

/**
 * The security group of what runs in the network and calls others. Nobody may call it; whom it may call is listed rule by
 * rule, here for AWS endpoints and the internet, and in a `Database` for those it admits.
 */
export class ClientGroup extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: ClientGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ClientGroup", name, {}, opts);
    const child = { parent: this };
    const { vpcId, purpose, endpointSecurityGroupId: endpoints, storagePrefixListId } = args;

    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description: purpose }, child);
    if (endpoints) {
      const traffic = { from: group.id, to: endpoints, port: 443, purpose: `${purpose} to AWS services` };
      allowTraffic(`${name}-endpoints`, traffic, child);
    }
    const overTls = (part: string, to: { prefixListId: pulumi.Input<string> } | { cidrIpv4: string }, what: string) => {
      const rule = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: `${purpose} to ${what}` };
      new aws.vpc.SecurityGroupEgressRule(`${name}-${part}`, { securityGroupId: group.id, ...to, ...rule }, child);
    };
    if (storagePrefixListId) overTls("storage", { prefixListId: storagePrefixListId }, "S3");
    if (args.internet) overTls("internet", { cidrIpv4: "0.0.0.0/0" }, "the internet");

    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}
