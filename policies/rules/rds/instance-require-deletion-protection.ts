import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-deletion-protection",
  topic: "availability",
  holds: "a database cannot be deleted by mistake",
  why: "One renamed resource in a program is a delete and a create; AWS refuses the delete only when told to.",
  fix: "set deletionProtection to true",
  source: "AWS Security Hub RDS.8",
  severity: "high",
  level: { dev: "disabled", prod: "mandatory" },
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  *check({ props }) {
    if (!flag(props, "deletionProtection")) yield "deletionProtection is not true";
  },
};
