import { logRetention } from "../log-retention.ts";
import { physicalName } from "../names.ts";
import { wholeNumberIn } from "../validated.ts";
import type { DatabaseArgs } from "./database.ts";
import { majorVersion } from "./parameters.ts";

/** The port PostgreSQL listens on. */
export const port = 5432;

/** The logs of the server that go to CloudWatch. */
export const exportedLogs = ["postgresql", "upgrade"];

/** Most GiB of a gp3 volume of PostgreSQL. */
const mostStorageGiB = 65536;

/** Arguments with their defaults, names chosen and limits kept. */
export type CheckedDatabase = ReturnType<typeof checkDatabase>;

/** Refuses what RDS would refuse an hour later. */
export function checkDatabase(args: DatabaseArgs) {
  const { databaseName, engineVersion = "18", instanceClass = "db.t4g.micro", storageGiB = 20 } = args;
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(databaseName)) {
    throw new Error(
      `databaseName must be a lower-case letter and up to 62 letters, digits or _, got "${databaseName}": rename it`,
    );
  }
  if (!/^db\.[a-z0-9]+\.[a-z0-9]+$/.test(instanceClass)) {
    throw new Error(`instanceClass must be one of RDS, got "${instanceClass}": use a class such as db.t4g.micro`);
  }
  wholeNumberIn("storageGiB", storageGiB, 20, mostStorageGiB);
  // RDS takes a limit that is a tenth above what there is, or none.
  const least = Math.ceil((storageGiB * 11) / 10);
  const fivefold = Math.min(storageGiB * 5, mostStorageGiB);
  const maxStorageGiB = args.maxStorageGiB ?? (fivefold < least ? storageGiB : fivefold);
  wholeNumberIn("maxStorageGiB", maxStorageGiB, storageGiB, mostStorageGiB);
  if (maxStorageGiB > storageGiB && maxStorageGiB < least) {
    throw new Error(
      `maxStorageGiB must be a tenth more than storageGiB ${storageGiB} at least, got ${maxStorageGiB}: use ${least} or more`,
    );
  }
  return {
    ...{ engineVersion, instanceClass, storageGiB, maxStorageGiB },
    identifier: physicalName(args.place, args.part),
    major: majorVersion(engineVersion),
    backupRetentionDays: wholeNumberIn("backupRetentionDays", args.backupRetentionDays ?? 7, 1, 35),
    logRetentionDays: logRetention(args.logRetentionDays ?? 30),
  };
}

/** The instance as RDS takes it: everything that follows from the arguments alone. */
export function instanceSettings(args: DatabaseArgs, checked: CheckedDatabase) {
  const { databaseName, kmsKeyArn, protect = true } = args;
  return {
    identifier: checked.identifier,
    dbName: databaseName,
    port,
    engine: "postgres",
    engineVersion: checked.engineVersion,
    allowMajorVersionUpgrade: args.allowMajorVersionUpgrade ?? false,
    autoMinorVersionUpgrade: true,
    instanceClass: checked.instanceClass,
    storageType: "gp3",
    allocatedStorage: checked.storageGiB,
    maxAllocatedStorage: checked.maxStorageGiB,
    storageEncrypted: true,
    kmsKeyId: kmsKeyArn,
    publiclyAccessible: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    iamDatabaseAuthenticationEnabled: true,
    username: "postgres",
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: kmsKeyArn,
    multiAz: args.multiAz ?? false,
    backupRetentionPeriod: checked.backupRetentionDays,
    backupWindow: "01:00-02:00",
    maintenanceWindow: "sun:02:30-sun:03:30",
    copyTagsToSnapshot: true,
    deletionProtection: protect,
    deleteAutomatedBackups: !protect,
    skipFinalSnapshot: !protect,
    applyImmediately: args.applyImmediately ?? false,
    performanceInsightsEnabled: true,
    enabledCloudwatchLogsExports: exportedLogs,
  };
}
