import { flag, read } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-disallow-plain-password",
  topic: "exposure",
  holds: "no program knows the master password of a database",
  why: "A password that passes through the program is in its state, and in every copy and backup of that.",
  fix: "set manageMasterUserPassword to true and leave the password to RDS",
  source: "Amazon RDS user guide, password management with Secrets Manager",
  severity: "high",
  level: "mandatory",
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  *check({ props }) {
    // Whether there is a password is known even when the password is not.
    for (const name of ["password", "masterPassword"]) if (props[name] !== undefined) yield `${name} is set`;
    const copied = ["replicateSourceDb", "snapshotIdentifier"].some((key) => props[key] !== undefined);
    if (!copied && !flag(props, "manageMasterUserPassword") && read(props, "password") === undefined) {
      yield "manageMasterUserPassword is not true";
    }
  },
};
