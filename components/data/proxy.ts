import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy, document } from "../iam/document.ts";
import { connectAs } from "../iam/grants.ts";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { allowTraffic } from "../network/traffic.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import { port } from "./instance.ts";

export interface DatabaseProxyArgs {
  place: Place;
  /** Last part of the proxy's name `<project>-<stack>-<part>-<hash of its subnets>`. */
  part: string;
  /** Identifier of the instance behind it, as the output of the instance. */
  databaseIdentifier: pulumi.Input<string>;
  /** Security group of that instance, which lets the proxy in. */
  databaseSecurityGroupId: pulumi.Input<string>;
  /** Database users that may log in through it, by IAM token. */
  users: readonly string[];
  vpcId: pulumi.Input<string>;
  /** Subnets in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security groups that may connect, by who they are. */
  clients: Readonly<Record<string, pulumi.Input<string>>>;
  /** Share of the instance's connections the proxy may open, in per cent: 1 to 100. Defaults to 80; migrations and people keep the rest. */
  connectionsPercent?: number;
  /** Days CloudWatch keeps the proxy's log. Defaults to 30. */
  logRetentionDays?: number;
}

/**
 * A pool of connections in front of the database, for functions: each of their instances holds one, and a thousand are more than a
 * small instance takes. Log-in is by IAM token on both sides, so there is no secret anywhere.
 */
export class DatabaseProxy extends pulumi.ComponentResource {
  /** Host name to connect to in place of the database's. */
  readonly address: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: DatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:DatabaseProxy", name, {}, opts);
    const { vpcId, subnetIds, place } = args;
    const { proxyName, connectionsPercent, retentionInDays } = validated(this, () => check(args));
    const child = { parent: this };

    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description: `Proxy ${proxyName}` }, child);
    for (const [who, from] of Object.entries(args.clients)) {
      allowTraffic(`${name}-${who}`, { from, to: group.id, port, purpose: `${who} to the database's proxy` }, child);
    }
    const onward = { from: group.id, to: args.databaseSecurityGroupId, port, purpose: "proxy to PostgreSQL" };
    allowTraffic(`${name}-database`, onward, child);
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: assumableBy("rds.amazonaws.com") }, child);
    const statements = args.users.map((user, index) => ({
      ...connectAs(place, user),
      sid: `ConnectAsUser${index + 1}`,
    }));
    const policy = document(...statements);
    const grant = new aws.iam.RolePolicy(`${name}-grant`, { role: role.id, policy }, child);
    const ownName = pulumi.output(subnetIds).apply((ids) => `${proxyName}-${shortHash(ids)}`);
    // RDS writes into a group of this name, and would make it itself, to be kept for ever (aws-cdk issue 23720).
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: pulumi.interpolate`/aws/rds/proxy/${ownName}`, retentionInDays },
      child,
    );
    const proxy = new aws.rds.Proxy(
      `${name}-proxy`,
      {
        name: ownName,
        engineFamily: "POSTGRESQL",
        defaultAuthScheme: "IAM_AUTH",
        requireTls: true,
        idleClientTimeout: 15 * 60,
        roleArn: role.arn,
        vpcSubnetIds: subnetIds,
        vpcSecurityGroupIds: [group.id],
      },
      // AWS changes no subnets of a proxy. Its successor has another name, so it can stand before functions are turned to it, while what
      // has a chosen name would be deleted first.
      { ...child, dependsOn: [grant, logs], deleteBeforeReplace: false },
    );
    const pool = new aws.rds.ProxyDefaultTargetGroup(
      `${name}-pool`,
      {
        dbProxyName: proxy.name,
        connectionPoolConfig: { maxConnectionsPercent: connectionsPercent, connectionBorrowTimeout: 5 },
      },
      child,
    );
    const target = new aws.rds.ProxyTarget(
      `${name}-target`,
      { dbProxyName: proxy.name, targetGroupName: pool.name, dbInstanceIdentifier: args.databaseIdentifier },
      child,
    );

    // Whoever gets the address finds the database behind it.
    this.address = pulumi.all([proxy.endpoint, target.id]).apply(([endpoint]) => endpoint);
    this.securityGroupId = group.id;
    this.registerOutputs({ address: this.address, securityGroupId: this.securityGroupId });
  }
}

const hashLength = 6;

/** Tells one set of subnets from another, in whatever order. */
const shortHash = (subnetIds: readonly string[]): string =>
  createHash("sha256")
    .update([...subnetIds].sort().join())
    .digest("hex")
    .slice(0, hashLength);

function check({ place, part, users, connectionsPercent = 80, logRetentionDays = 30 }: DatabaseProxyArgs) {
  if (users.length === 0) throw new Error("users is empty: name the database users that log in through the proxy");
  return {
    // Names of proxies have 63 characters at most.
    proxyName: physicalName(place, part, 63 - 1 - hashLength),
    retentionInDays: logRetention(logRetentionDays),
    connectionsPercent: wholeNumberIn("connectionsPercent", connectionsPercent, 1, 100),
  };
}
