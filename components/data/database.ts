import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../names.ts";
import { allowTraffic } from "../network/traffic.ts";
import { validated } from "../validated.ts";
import { checkDatabase, exportedLogs, instanceSettings, port } from "./instance.ts";
import { enhancedMonitoring } from "./monitoring.ts";
import { databaseParameters } from "./parameters.ts";
import { storageEvents } from "./storage-events.ts";

export interface DatabaseArgs {
  /** Where the stack lives: names and ARNs follow from it. */
  place: Place;
  /** Last part of the instance's identifier `<project>-<stack>-<part>`. */
  part: string;
  /** Name of the database on the instance. */
  databaseName: string;
  /** VPC of the instance. */
  vpcId: pulumi.Input<string>;
  /** Isolated subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security groups that may connect, by who they are. Defaults to nobody. */
  clients?: Readonly<Record<string, pulumi.Input<string>>>;
  /** PostgreSQL version, major alone or with minor. Defaults to 18. */
  engineVersion?: string;
  /** Whether `engineVersion` may move to another major version, which takes the database down. Defaults to false. */
  allowMajorVersionUpgrade?: boolean;
  /** Defaults to db.t4g.micro. */
  instanceClass?: string;
  /** Storage to begin with, in GiB: 20 to 65536. Defaults to 20. */
  storageGiB?: number;
  /** Storage the instance may grow to by itself, in GiB: `storageGiB` for none, or a tenth more at least. Defaults to five times it. */
  maxStorageGiB?: number;
  /** Days to which the database can be restored: 1 to 35. Defaults to 7. */
  backupRetentionDays?: number;
  /** Whether a second instance in another zone takes over when this one fails. Defaults to false. */
  multiAz?: boolean;
  /** Whether the database outlives mistakes: it cannot be deleted, and leaves a snapshot if it is. Defaults to true. */
  protect?: boolean;
  /** Whether changes that interrupt service happen at once and not in the maintenance window. Defaults to false. */
  applyImmediately?: boolean;
  /** Whether the instance's operating system is watched every minute. Defaults to false. */
  enhancedMonitoring?: boolean;
  /** KMS key for storage and the master secret, which `Migrations` has to be told. Defaults to the account's own keys for these services. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days CloudWatch keeps the server's logs. Defaults to 30. */
  logRetentionDays?: number;
}

/**
 * PostgreSQL on RDS that only named groups reach, only over TLS: log-in by IAM token, a master password nobody knows,
 * encrypted storage, backups and logs of its own.
 */
export class Database extends pulumi.ComponentResource {
  /** Identifier of the instance: the dimension of its metrics. */
  readonly identifier: string;
  /** The same, known once the instance exists: what depends on it waits for it. */
  readonly instanceIdentifier: pulumi.Output<string>;
  /** What RDS calls this very instance, `db-...`: another one of the same identifier has another. */
  readonly resourceId: pulumi.Output<string>;
  readonly databaseName: string;
  readonly port: number = port;
  /** Host name to connect to. */
  readonly address: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of the secret with the master's name and password, which RDS rotates. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** Names of the log groups the server writes. */
  readonly logGroupNames: readonly string[];

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Database", name, {}, opts);
    const { place, databaseName, vpcId, subnetIds, protect = true } = args;
    const checked = validated(this, () => checkDatabase(args));
    const { identifier, major, logRetentionDays: retentionInDays } = checked;
    const child = { parent: this };

    const description = `PostgreSQL of ${identifier}`;
    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description }, child);
    for (const [who, from] of Object.entries(args.clients ?? {})) {
      allowTraffic(`${name}-${who}`, { from, to: group.id, port, purpose: `${who} to PostgreSQL` }, child);
    }
    const subnets = new aws.rds.SubnetGroup(`${name}-subnets`, { subnetIds, description }, child);
    const parameters = new aws.rds.ParameterGroup(
      `${name}-parameters-${major}`,
      { family: `postgres${major}`, description, parameters: databaseParameters },
      child,
    );
    const logs = exportedLogs.map(
      (log) =>
        new aws.cloudwatch.LogGroup(
          `${name}-logs-${log}`,
          { name: logGroupName(identifier, log), retentionInDays },
          child,
        ),
    );
    const instance = new aws.rds.Instance(
      `${name}-instance`,
      {
        ...instanceSettings(args, checked),
        parameterGroupName: parameters.name,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        finalSnapshotIdentifier: finalSnapshot(identifier, subnets.name),
        ...(args.enhancedMonitoring && enhancedMonitoring(name, place, identifier, child)),
      },
      { ...child, protect, dependsOn: logs, customTimeouts: { create: "60m", update: "120m", delete: "60m" } },
    );

    storageEvents(name, identifier, child);

    this.identifier = identifier;
    this.instanceIdentifier = instance.identifier;
    this.resourceId = instance.resourceId;
    this.databaseName = databaseName;
    this.address = instance.address;
    this.securityGroupId = group.id;
    this.masterSecretArn = instance.masterUserSecrets.apply((secrets) => managedSecret(identifier, secrets));
    this.logGroupNames = exportedLogs.map((log) => logGroupName(identifier, log));
    this.registerOutputs({ identifier, address: this.address, securityGroupId: this.securityGroupId });
  }
}

/** An instance that was restored has no managed secret until somebody asks RDS for one: see `docs/restore.md`. */
function managedSecret(identifier: string, [secret]: readonly { secretArn: string }[]): string {
  if (secret) return secret.secretArn;
  throw new Error(
    `${identifier} has no master secret that RDS manages: run aws rds modify-db-instance --db-instance-identifier ${identifier} --manage-master-user-password --apply-immediately, then pulumi up --refresh`,
  );
}

const logGroupName = (identifier: string, log: string) => `/aws/rds/instance/${identifier}/${log}`;

/**
 * The snapshot's name never changes while the instance lives, and differs from that of an earlier instance of the same
 * name, whose snapshot would otherwise stop the deletion: it borrows the random end of the subnet group's name.
 */
const finalSnapshot = (identifier: string, subnetGroupName: pulumi.Output<string>) =>
  subnetGroupName.apply((name) => `${identifier}-final-${name.split("-").at(-1)}`);
