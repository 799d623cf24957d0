import * as pulumi from "@pulumi/pulumi";
import { PrivateLink } from "./api/private-link.ts";
import { physicalName, type Place } from "./names.ts";
import { ClientGroup } from "./network/client-group.ts";
import type { WatchedBalancer } from "./observe/objectives.ts";
import { ServiceCluster, type CommandAudit } from "./service/cluster.ts";
import { LoadBalancer, type LoadBalancerFace } from "./service/load-balancer.ts";

export interface FleetArgs {
  place: Place;
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether Container Insights also measures single tasks. Defaults to false. */
  enhancedInsights?: boolean;
  /** Whether people may run commands inside tasks, each of them recorded. Defaults to false. */
  commands?: boolean;
  /** Whether the load balancer and its logs refuse to be deleted. Defaults to true. */
  protect?: boolean;
  /** Days access logs and recorded commands are kept. Defaults to 30. */
  logRetentionDays?: number;
}

/** What all services on Fargate of a stack share: cluster, internal load balancer, the gateway's way to it, and their security group. */
export class Fleet extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly clusterArn: pulumi.Output<string>;
  readonly audit?: CommandAudit;
  /** The load balancer in front of the services. */
  readonly loadBalancer: LoadBalancerFace;
  /** End of the load balancer's ARN: the dimension of its metrics. */
  readonly loadBalancerSuffix: pulumi.Output<string>;
  /** The load balancer, to be watched. */
  readonly watched: WatchedBalancer;
  readonly vpcLinkId: pulumi.Output<string>;
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly origin: pulumi.Output<string>;
  /** Security group of the tasks: what they call admits it. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Fleet", name, {}, opts);
    const { place, vpcId, subnetIds, logRetentionDays, protect, enhancedInsights, commands } = args;
    const child = { parent: this };
    const part = name;

    const cluster = new ServiceCluster(
      `${name}-cluster`,
      { place, part, enhancedInsights, commands, logRetentionDays },
      child,
    );
    const link = new PrivateLink(`${name}-link`, { place, part, vpcId, subnetIds }, child);
    const callers = { link: link.securityGroupId };
    const front = new LoadBalancer(
      `${name}-front`,
      { place, part, vpcId, subnetIds, callers, protect, logRetentionDays },
      child,
    );
    const tasks = new ClientGroup(`${name}-tasks`, { vpcId, purpose: "tasks", internet: true }, child);

    this.clusterName = cluster.clusterName;
    this.clusterArn = cluster.clusterArn;
    this.audit = cluster.audit;
    this.loadBalancer = front;
    this.loadBalancerSuffix = front.arnSuffix;
    this.watched = {
      kind: "balancer",
      balancerName: `${physicalName(place, part)}-front`,
      loadBalancer: front.arnSuffix,
    };
    this.loadBalancerArn = front.loadBalancerArn;
    this.origin = front.origin;
    this.vpcLinkId = link.vpcLinkId;
    this.securityGroupId = tasks.securityGroupId;
    this.registerOutputs({ clusterName: this.clusterName, loadBalancerArn: this.loadBalancerArn });
  }
}
