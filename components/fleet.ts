import * as pulumi from "@pulumi/pulumi";
import { PrivateLink } from "./api/private-link.ts";
import { TokenKeys } from "./api/token-keys.ts";
import { ImageCopy } from "./image/image-copy.ts";
import { physicalName, type Place } from "./names.ts";
import { ClientGroup } from "./network/client-group.ts";
import type { PrivateWays } from "./private-ways.ts";
import type { Watched } from "./observe/objectives.ts";
import { ServiceCluster, type CommandAudit } from "./service/cluster.ts";
import { collectorImageUri } from "./service/collector.ts";
import { LoadBalancer, type LoadBalancerFace } from "./service/load-balancer.ts";

export interface FleetArgs {
  place: Place;
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** How tasks reach AWS without the internet. Defaults to the internet, over HTTPS. */
  ways?: PrivateWays;
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
  /** The load balancer and the keys' API, to be watched. */
  readonly watched: Watched[];
  readonly vpcLinkId: pulumi.Output<string>;
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly origin: pulumi.Output<string>;
  /** Security group of the tasks: what they call admits it. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Where tasks read the keys of tokens, if not from the issuer. */
  readonly jwksUri?: pulumi.Output<string>;
  /** The collector's image where tasks can pull it, if not from its public registry. */
  readonly collector?: { collectorImageUri: pulumi.Output<string>; collectorRepositoryName: string };

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Fleet", name, {}, opts);
    const { place, vpcId, subnetIds, logRetentionDays, protect, enhancedInsights, commands, ways } = args;
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
    const tasks = new ClientGroup(`${name}-tasks`, { vpcId, purpose: "tasks", internet: !ways, ...ways }, child);
    const balancerName = `${physicalName(place, part)}-front`;
    this.watched = [{ kind: "balancer", balancerName, loadBalancer: front.arnSuffix }];
    if (ways) {
      const { issuer, cidrBlock } = ways;
      const keysArgs = { place, part: `${part}-keys`, issuer, cidrBlock, logRetentionDays };
      const keys = new TokenKeys(`${name}-keys`, keysArgs, { ...child, dependsOn: opts?.dependsOn });
      this.jwksUri = keys.jwksUri;
      this.watched.push({ kind: "api", apiName: keys.apiName, stageName: keys.stageName });
      const copied = { place, part: `${part}-collector`, sourceUri: collectorImageUri, deletable: !(protect ?? true) };
      const { imageUri, repositoryName } = new ImageCopy(`${name}-collector`, copied, child);
      this.collector = { collectorImageUri: imageUri, collectorRepositoryName: repositoryName };
    }

    this.clusterName = cluster.clusterName;
    this.clusterArn = cluster.clusterArn;
    this.audit = cluster.audit;
    this.loadBalancer = front;
    this.loadBalancerSuffix = front.arnSuffix;
    this.loadBalancerArn = front.loadBalancerArn;
    this.origin = front.origin;
    this.vpcLinkId = link.vpcLinkId;
    this.securityGroupId = tasks.securityGroupId;
    this.registerOutputs({ clusterName: this.clusterName, loadBalancerArn: this.loadBalancerArn });
  }
}
