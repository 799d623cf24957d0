import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface Traffic {
  /** Security group of those who call. */
  from: pulumi.Input<string>;
  /** Security group of those who are called. */
  to: pulumi.Input<string>;
  /** TCP port they are called on. */
  port: number;
  /** Who calls what, for those who read the rules. */
  purpose: string;
}

/** Lets one security group call another on one port: out of the first and into the second, and nothing besides. */
export function allowTraffic(
  name: string,
  { from, to, port, purpose }: Traffic,
  opts: pulumi.CustomResourceOptions,
): void {
  const rule = { ipProtocol: "tcp", fromPort: port, toPort: port, description: purpose };
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-out`,
    { ...rule, securityGroupId: from, referencedSecurityGroupId: to },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-in`,
    { ...rule, securityGroupId: to, referencedSecurityGroupId: from },
    opts,
  );
}
