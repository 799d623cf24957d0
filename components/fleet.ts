import * as pulumi from "@pulumi/pulumi";
import { PrivateLink } from "./api/private-link.ts";
import type { ServerBackend } from "./api/backend.ts";
import { TokenKeys } from "./api/token-keys.ts";
import { WebFirewall } from "./api/web-firewall.ts";
import { ImageCopy } from "./image/image-copy.ts";
import { physicalName, type Place } from "./names.ts";
import { ClientGroup } from "./network/client-group.ts";
import type { PrivateWays } from "./private-ways.ts";
import type { Watched } from "./observe/objectives.ts";
import { ServiceCluster, type CommandAudit } from "./service/cluster.ts";
import { collectorImageUri } from "./service/collector.ts";
import type { Domain } from "./service/certificate.ts";
import { LoadBalancer, type LoadBalancerFace } from "./service/load-balancer.ts";

/** A load balancer that the internet reaches. */
export interface FleetDoor {
  /** Its name, with a certificate and a record of its own. */
  domain: Domain;
  /** Public subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether a WAF stands in front. Defaults to false. */
  firewall?: boolean;
  /** Beginnings of the paths that ask for no token: there the firewall counts addresses. Defaults to none. */
  openPaths?: readonly string[];
}

/** A load balancer of the fleet, as services and the gateway know it. */
export interface Entrance {
  loadBalancer: LoadBalancerFace;
  /** What the gateway calls, once something stands there. */
  backend: ServerBackend;
  /** Where the next revisions of its services can be tried; undefined where nothing moves their traffic. */
  test?: { securityGroupId: pulumi.Output<string>; testOrigin: pulumi.Output<string>; testPort: number };
}

/**
 * Where the next revision of a service answers before it has traffic. The port is there from the start: which listener rules move belongs
 * to what ECS has rewritten since, and is not sent again. Nobody may call it but who is let in, one by one.
 */
const testPort = 9080;

export interface FleetArgs {
  place: Place;
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** How tasks reach AWS without the internet. Defaults to the internet, over HTTPS. */
  ways?: PrivateWays;
  /** Whether there is a load balancer inside the network, for the gateway. Defaults to true. */
  internal?: boolean;
  /** The door to the internet, for services that are public. Defaults to none. */
  door?: FleetDoor;
  /** Whether Container Insights also measures single tasks. Defaults to false. */
  enhancedInsights?: boolean;
  /** Whether people may run commands inside tasks, each of them recorded. Defaults to false. */
  commands?: boolean;
  /** Whether the load balancer and its logs refuse to be deleted. Defaults to true. */
  protect?: boolean;
  /** Days access logs and recorded commands are kept. Defaults to 30. */
  logRetentionDays?: number;
}

/** What all services on Fargate of a stack share: cluster, load balancers, the gateway's way to them, and their security group. */
export class Fleet extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly clusterArn: pulumi.Output<string>;
  readonly audit?: CommandAudit;
  /** The load balancer that the gateway alone reaches. */
  readonly inside?: Entrance;
  /** The one that everybody reaches. */
  readonly outside?: Entrance;
  /** The load balancers and the keys' API, to be watched. */
  readonly watched: Watched[] = [];
  /** Security group of the tasks: what they call admits it. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Where tasks read the keys of tokens, if not from the issuer. */
  readonly jwksUri?: pulumi.Output<string>;
  /** The collector's image where tasks can pull it, if not from its public registry. */
  readonly collector?: { collectorImageUri: pulumi.Output<string>; collectorRepositoryName: string };

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Fleet", name, {}, opts);
    const { place, vpcId, logRetentionDays, protect, enhancedInsights, commands, ways } = args;
    const child = { parent: this };
    const part = name;

    const cluster = new ServiceCluster(
      `${name}-cluster`,
      { place, part, enhancedInsights, commands, logRetentionDays },
      child,
    );
    if (args.internal ?? true) this.inside = this.#inside(name, args);
    if (args.door) this.outside = this.#outside(name, args, args.door);
    const tasks = new ClientGroup(`${name}-tasks`, { vpcId, purpose: "tasks", internet: !ways, ...ways }, child);
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
    this.securityGroupId = tasks.securityGroupId;
    this.registerOutputs({ clusterName: this.clusterName, clusterArn: this.clusterArn });
  }

  #inside(name: string, { place, vpcId, subnetIds, protect, logRetentionDays }: FleetArgs): Entrance {
    const child = { parent: this };
    const link = new PrivateLink(`${name}-link`, { place, part: name, vpcId, subnetIds }, child);
    const callers = { link: link.securityGroupId };
    const common = { place, part: name, vpcId, subnetIds, protect, logRetentionDays };
    const front = new LoadBalancer(`${name}-front`, { ...common, callers, testPort }, child);
    this.#watch(place, `${name}-front`, front);
    const { vpcLinkId } = link;
    const { loadBalancerArn, origin, securityGroupId } = front;
    return {
      loadBalancer: front,
      backend: { runtime: "fargate", vpcLinkId, loadBalancerArn, origin },
      test: { securityGroupId, testOrigin: front.testOrigin!, testPort },
    };
  }

  #outside(name: string, { place, vpcId, protect, logRetentionDays }: FleetArgs, given: FleetDoor): Entrance {
    const child = { parent: this };
    const { domain, subnetIds, firewall, openPaths = [] } = given;
    const part = `${name}-door`;
    const args = { place, part, vpcId, subnetIds, domain, public: true, protect, logRetentionDays };
    const door = new LoadBalancer(`${name}-door`, args, child);
    this.#watch(place, part, door);
    const { loadBalancerArn: resourceArn, origin } = door;
    // The gateway comes through this door, too, with everybody's requests from a few addresses.
    const guarded = { place, resourceArn, openPaths, logRetentionDays };
    if (firewall) new WebFirewall(`${name}-door-firewall`, guarded, child);
    const { arnSuffix, listenerArn, securityGroupId } = door;
    const loadBalancer = { arnSuffix, listenerArn, securityGroupId, entrance: "door" };
    return { loadBalancer, backend: { runtime: "public", origin } };
  }

  #watch(place: Place, part: string, { arnSuffix: loadBalancer }: LoadBalancer): void {
    this.watched.push({ kind: "balancer", balancerName: physicalName(place, part), loadBalancer });
  }
}
