import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ContainerFunction, type ContainerFunctionArgs } from "../function/container-function.ts";
import { decryptSecrets, readMasterSecret } from "../iam/grants.ts";
import { validated } from "../validated.ts";

/** How the function runs: as in a `ContainerFunction`. */
type Runtime = Pick<
  ContainerFunctionArgs,
  | "place"
  | "imageUri"
  | "architecture"
  | "subnetIds"
  | "securityGroupIds"
  | "replacementSecurityGroupIds"
  | "memoryMiB"
  | "timeoutSeconds"
  | "logRetentionDays"
  | "logLevel"
>;

export interface MigrationsArgs extends Runtime {
  /** Last part of the function's name. Defaults to migrations. */
  part?: string;
  /** The image's command that migrates. */
  command: readonly string[];
  /** What `migrationsHash` says of the SQL files: they run again when it changes. */
  migrationsHash: string;
  /** Identifier of the database's instance: only its secret may be read. */
  databaseIdentifier: string;
  /** What RDS calls this very instance, `db-...`: another one under the same identifier has no schema yet. */
  databaseResourceId: pulumi.Input<string>;
  /** Host name of the database. */
  databaseAddress: pulumi.Input<string>;
  databasePort: number;
  databaseName: string;
  /** Secret with the master's name and password. */
  masterSecretArn: pulumi.Input<string>;
  /** ARN of the KMS key of that secret, where the database was given one. Defaults to none: the account's own key needs no permission. */
  masterSecretKeyArn?: string;
  /** The database user of each service, by service. */
  databaseUsers: Readonly<Record<string, string>>;
}

/**
 * Brings the schema up to date inside `pulumi up`: a function from the services' own image, run once for each new image, SQL,
 * database or set of users. It waits for everything in `dependsOn`: pass the network, its groups and the database, and let services depend on it.
 * Runs for 300 seconds at most unless told otherwise.
 */
export class Migrations extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: string;
  readonly logGroupName: string;
  /** What the function answered, JSON, known once the schema is up to date. */
  readonly applied: pulumi.Output<string>;

  constructor(name: string, args: MigrationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Migrations", name, {}, opts);
    validated(this, () => check(args));
    const child = { parent: this };

    const runner = new ContainerFunction(
      `${name}-runner`,
      {
        ...runtimeOf(args),
        part: args.part ?? "migrations",
        command: args.command,
        timeoutSeconds: args.timeoutSeconds ?? 300,
        environment: {
          DATABASE_HOST: args.databaseAddress,
          DATABASE_PORT: String(args.databasePort),
          DATABASE_NAME: args.databaseName,
          DATABASE_SECRET_ARN: args.masterSecretArn,
          DATABASE_ROLES: JSON.stringify(args.databaseUsers),
        },
        permissions: [readMasterSecret(args.place, args.databaseIdentifier), ...decryption(args)],
      },
      child,
    );
    const run = new aws.lambda.Invocation(
      `${name}-run`,
      {
        functionName: runner.functionName,
        qualifier: runner.liveName,
        input: JSON.stringify({ migrations: args.migrationsHash }),
        triggers: {
          image: args.imageUri,
          database: args.databaseResourceId,
          users: JSON.stringify(args.databaseUsers),
        },
      },
      { ...child, dependsOn: [runner, ...before(opts)] },
    );

    this.functionName = runner.functionName;
    this.logGroupName = runner.logGroupName;
    this.applied = run.result;
    this.registerOutputs({ functionName: this.functionName, applied: this.applied });
  }
}

function runtimeOf(args: MigrationsArgs): Runtime {
  const { place, imageUri, architecture, memoryMiB, logRetentionDays, logLevel } = args;
  const { subnetIds, securityGroupIds, replacementSecurityGroupIds } = args;
  return {
    ...{ place, imageUri, architecture, memoryMiB, logRetentionDays, logLevel },
    ...{ subnetIds, securityGroupIds, replacementSecurityGroupIds },
  };
}

/** What the component waits for, said again for the run itself: in the state, `dependsOn` belongs to the component alone. */
const before = (opts?: pulumi.ComponentResourceOptions) =>
  [opts?.dependsOn ?? []].flat() as pulumi.Input<pulumi.Resource>[];

/** Whoever reads a secret under a key of the caller's must be able to use that, too. */
const decryption = ({ place, masterSecretKeyArn: key }: MigrationsArgs) =>
  key === undefined ? [] : [decryptSecrets(place, key)];

function check({ migrationsHash, databaseUsers, masterSecretKeyArn }: MigrationsArgs): void {
  if (masterSecretKeyArn !== undefined && !/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(masterSecretKeyArn)) {
    throw new Error(
      `masterSecretKeyArn must be the ARN of one key, got "${masterSecretKeyArn}": no alias, a policy names keys`,
    );
  }
  if (!/^[0-9a-f]{64}$/.test(migrationsHash)) {
    throw new Error(
      `migrationsHash must be a SHA-256 in hexadecimal, got "${migrationsHash}": take it from migrationsHash(folder)`,
    );
  }
  for (const [service, user] of Object.entries(databaseUsers)) {
    if (!/^[a-z][a-z0-9_-]{0,62}$/.test(user)) {
      throw new Error(
        `databaseUsers.${service} must be a user name PostgreSQL takes, got "${user}": use at most 63 lower-case characters`,
      );
    }
  }
}
