import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-require-multi-az",
  topic: "availability",
  holds: "a database lives in two availability zones",
  why: "When a zone fails, a database in one zone is down until a backup is restored by hand.",
  fix: "set multiAz to true",
  source: "AWS Security Hub RDS.5",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  types: ["aws:rds/instance:Instance"],
  *check({ props }) {
    if (props.replicateSourceDb === undefined && !flag(props, "multiAz")) yield "multiAz is not true";
  },
};
