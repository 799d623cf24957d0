import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy, document } from "../iam/document.ts";
import { connectAs } from "../iam/grants.ts";
import { physicalName, type Place } from "../names.ts";
import { allowTraffic } from "../network/traffic.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import { port } from "./instance.ts";

export interface DatabaseProxyArgs {
  place: Place;
  /** What the proxy is called where people read of it, `<project>-<stack>-<part>`. */
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
    const { proxyName, connectionsPercent } = validated(this, () => check(args));
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
    // Autonamed: AWS changes no subnets of a proxy, and Pulumi deletes what has a chosen name before it makes its successor, to which
    // functions have yet to be turned.
    const proxy = new aws.rds.Proxy(
      `${name}-proxy`,
      {
        engineFamily: "POSTGRESQL",
        defaultAuthScheme: "IAM_AUTH",
        requireTls: true,
        idleClientTimeout: 15 * 60,
        roleArn: role.arn,
        vpcSubnetIds: subnetIds,
        vpcSecurityGroupIds: [group.id],
      },
      { ...child, dependsOn: [grant] },
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

function check({ place, part, users, connectionsPercent = 80 }: DatabaseProxyArgs) {
  if (users.length === 0) throw new Error("users is empty: name the database users that log in through the proxy");
  return {
    proxyName: physicalName(place, part),
    connectionsPercent: wholeNumberIn("connectionsPercent", connectionsPercent, 1, 100),
  };
}
