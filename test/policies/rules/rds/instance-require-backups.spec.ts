import { rule } from "../../../../policies/rules/rds/instance-require-backups.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: {
    "no backups": { of: instance({}), says: "backupRetentionPeriod is 0, at least 7 days" },
    "a day of backups": { of: instance({ backupRetentionPeriod: 1 }), says: "backupRetentionPeriod is 1" },
    "no last snapshot": {
      of: instance({ backupRetentionPeriod: 7, skipFinalSnapshot: true }),
      says: "skipFinalSnapshot is true",
    },
  },
  passes: {
    "a week of backups": { of: instance({ backupRetentionPeriod: 7, skipFinalSnapshot: false }) },
    "a day where that is enough": {
      of: instance({ backupRetentionPeriod: 1, skipFinalSnapshot: true }),
      options: { minDays: 1, finalSnapshot: false },
    },
    "a replica": { of: instance({ replicateSourceDb: "db" }) },
  },
});
