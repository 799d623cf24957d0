import { amount, flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-backups",
  topic: "availability",
  holds: "a database can be put back to any minute of the last days, and leaves a snapshot when it goes",
  why: "A wrong migration or a deleted row is noticed days later; what is not backed up by then is gone.",
  fix: "set backupRetentionPeriod to the days asked for, and skipFinalSnapshot to false",
  source: "AWS Security Hub RDS.11",
  severity: "high",
  level: "mandatory",
  options: {
    minDays: { type: "integer", minimum: 1, maximum: 35, default: 7, description: "Fewest days of backups." },
    finalSnapshot: {
      type: "boolean",
      default: true,
      description: "Whether a snapshot must stay when the database goes.",
    },
  },
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  *check({ props }, options) {
    if (props.replicateSourceDb !== undefined) return; // a replica is not the place to restore from
    const [days, min] = [amount(props, "backupRetentionPeriod") ?? 0, amount(options, "minDays") ?? 0];
    if (days < min) yield `backupRetentionPeriod is ${days}, at least ${min} days are asked for`;
    if (flag(options, "finalSnapshot") && flag(props, "skipFinalSnapshot")) yield "skipFinalSnapshot is true";
  },
};
