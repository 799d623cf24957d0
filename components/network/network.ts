import * as aws from "@pulumi/aws";
import { Vpc } from "@pulumi/awsx/ec2/vpc.js";
import * as pulumi from "@pulumi/pulumi";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";
import { egressCost, egresses, natStrategy, reachesInternet, type Egress } from "./egress.ts";
import { endpointsOf, imageLayers, type Endpoints } from "./endpoint-uses.ts";
import { interfaceEndpoints, storageEndpoint } from "./endpoints.ts";
import { flowLogs } from "./flow-logs.ts";
import { subnetLayout } from "./layout.ts";

export interface NetworkArgs {
  /** Where the stack lives: names and ARNs follow from it. */
  place: Place;
  /** Last part of the log group's name, if flow logs are on. Defaults to network. */
  part?: string;
  /** Availability zones to stand in. Defaults to 2; 3 survives the loss of one without losing half. */
  availabilityZones?: 2 | 3;
  /** IPv4 addresses, from /16 to /22. Defaults to 10.0.0.0/16. */
  cidrBlock?: string;
  /** How private subnets reach the world. Defaults to endpoints: AWS services only. */
  egress?: Egress;
  /** AWS services reached by interface endpoints when `egress` is endpoints, and what for. Defaults to what functions and `tasks` need. */
  endpoints?: Endpoints;
  /** Given where tasks run on Fargate: whether people may run commands inside them. Defaults to functions alone. */
  tasks?: { commands: boolean };
  /** Whether there are public subnets, for a public load balancer. Defaults to those of NAT gateways only. */
  publicSubnets?: boolean;
  /** Whether every connection is recorded. Defaults to false. */
  flowLogs?: boolean;
  /** Days CloudWatch keeps the flow logs. Defaults to 30. */
  logRetentionDays?: number;
}

/**
 * A VPC with isolated subnets for data, private subnets for what runs, and public ones only for what must be reached. The
 * layout is the same for every egress, so changing that moves nothing; the default security group admits nobody.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** One per zone, without any route out: for databases. */
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  /** One per zone, with the route out that `egress` gives: for functions and services. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** One per zone or none. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** The closed default group: takes over the interfaces of functions on their way out. */
  readonly defaultSecurityGroupId: pulumi.Output<string>;
  /** Whether private subnets have a route to the internet. */
  readonly internet: boolean;
  /** What the way out costs a month by list prices, in words. */
  readonly monthlyCost: string;
  /** Group of the interface endpoints, if there are any: callers need `allowTraffic` to it on port 443. */
  readonly endpointSecurityGroupId?: pulumi.Output<string>;
  /** Services that have an interface endpoint. */
  readonly endpoints: readonly string[];
  /** The addresses of S3 as a list that security groups name; present unless nothing gets out. */
  readonly storagePrefixListId?: pulumi.Output<string>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Network", name, {}, opts);
    const { availabilityZones, cidrBlock, egress, services, retentionDays, layout, part } = validated(this, () =>
      check(args),
    );
    const { region } = args.place;
    const child = { parent: this };

    const vpc = new Vpc(
      `${name}-vpc`,
      {
        cidrBlock,
        ...layout,
        numberOfAvailabilityZones: availabilityZones,
        subnetStrategy: "Auto",
        subnetNameTagStrategy: "AvailabilityZone",
        natGateways: { strategy: natStrategy[egress] },
        enableDnsSupport: true,
        enableDnsHostnames: true,
      },
      child,
    );
    const { vpcId, privateSubnetIds: subnetIds } = vpc;
    const closed = new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId, ingress: [], egress: [] }, child);
    if (egress !== "none") {
      const routeTableIds = vpc.routeTables.apply((tables) => tables.map(({ id }) => id));
      const allowed = egress === "endpoints" ? [imageLayers(args.place)] : [];
      this.storagePrefixListId = storageEndpoint(name, { region, vpcId, routeTableIds }, allowed, child);
    }
    if (egress === "endpoints") {
      this.endpointSecurityGroupId = interfaceEndpoints(name, { region, vpcId, subnetIds, services }, child);
    }
    if (args.flowLogs) flowLogs(name, { place: args.place, part, vpcId, retentionDays }, child);

    this.vpcId = vpcId;
    this.endpoints = egress === "endpoints" ? Object.keys(services) : [];
    this.internet = reachesInternet(egress);
    this.monthlyCost = egressCost(region, egress, availabilityZones, Object.keys(services).length);
    this.isolatedSubnetIds = vpc.isolatedSubnetIds;
    this.privateSubnetIds = subnetIds;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.defaultSecurityGroupId = closed.id;
    this.registerOutputs({
      vpcId: this.vpcId,
      isolatedSubnetIds: this.isolatedSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      publicSubnetIds: this.publicSubnetIds,
    });
  }
}

function check(args: NetworkArgs) {
  const { availabilityZones = 2, cidrBlock = "10.0.0.0/16", egress = "endpoints", part = "network" } = args;
  if (availabilityZones !== 2 && availabilityZones !== 3) {
    throw new Error(
      `availabilityZones must be 2 or 3, got ${availabilityZones}: use 2 for development, 3 for production`,
    );
  }
  if (!egresses.includes(egress)) {
    throw new Error(`egress must be one of ${egresses.join(", ")}, got "${egress}": use endpoints`);
  }
  if (args.endpoints && egress !== "endpoints") {
    throw new Error(`endpoints has no effect with egress ${egress}: leave endpoints out or set egress to endpoints`);
  }
  const services = args.endpoints ?? endpointsOf(args.place, args.tasks);
  const wrong = Object.keys(services).find(
    (service) => !/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(service) || service.startsWith("com."),
  );
  if (wrong !== undefined) {
    throw new Error(
      `endpoints must name services such as secretsmanager or ecr.api, got "${wrong}": leave out com.amazonaws.<region>`,
    );
  }
  physicalName(args.place, part);
  return {
    ...{ availabilityZones, cidrBlock, egress, services, part },
    layout: subnetLayout(cidrBlock, args.publicSubnets || reachesInternet(egress)),
    retentionDays: logRetention(args.logRetentionDays ?? 30),
  };
}
