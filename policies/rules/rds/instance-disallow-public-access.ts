import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-disallow-public-access",
  topic: "exposure",
  holds: "a database instance has no public address",
  why: "A database with a public address is one leaked password, or one hole in the server, away from the internet.",
  fix: "set it to false and reach the database from inside its VPC",
  source: "AWS Security Hub RDS.2",
  severity: "critical",
  level: "mandatory",
  types: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
  *check({ props }) {
    if (flag(props, "publiclyAccessible")) yield "publiclyAccessible is true";
  },
};
