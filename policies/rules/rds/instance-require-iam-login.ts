import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-iam-login",
  topic: "exposure",
  holds: "services log in to a database by IAM, not by password",
  why: "A password is copied, kept and leaked; a token of IAM is good for fifteen minutes and for one user.",
  fix: "set iamDatabaseAuthenticationEnabled to true",
  source: "AWS Security Hub RDS.10",
  severity: "medium",
  level: "mandatory",
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  *check({ props }) {
    if (!flag(props, "iamDatabaseAuthenticationEnabled")) yield "iamDatabaseAuthenticationEnabled is not true";
  },
};
