import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-encryption",
  topic: "encryption",
  holds: "a database is encrypted at rest",
  why: "Snapshots, replicas and disks taken out of service carry the data in plain otherwise, and it cannot be switched on later.",
  fix: "set storageEncrypted to true",
  source: "AWS Security Hub RDS.3",
  severity: "high",
  level: "mandatory",
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  *check({ props }) {
    const copied = ["replicateSourceDb", "snapshotIdentifier"].some((key) => props[key] !== undefined);
    if (!flag(props, "storageEncrypted") && !copied) yield "storageEncrypted is not true";
  },
};
