import { items, text } from "../../facts/reading.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-parameter-group-require-tls",
  topic: "encryption",
  holds: "PostgreSQL takes connections over TLS only",
  why: "A client that does not ask for TLS gets none, and its queries and results cross the network in plain.",
  fix: "set the parameter rds.force_ssl to 1",
  source: "Amazon RDS user guide, SSL with PostgreSQL",
  severity: "high",
  level: "mandatory",
  types: ["aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup"],
  *check({ props }) {
    const version = Number(/^(?:aurora-)?postgres(?:ql)?(\d+)/.exec(text(props, "family") ?? "")?.[1]);
    if (Number.isNaN(version)) return; // another engine, with other words for it
    let said: string | undefined;
    yield* each(items(props, "parameters"), function* (parameter) {
      if (text(parameter, "name") === "rds.force_ssl") said = text(parameter, "value") ?? "0";
    });
    if (said === undefined && version < 15) yield "rds.force_ssl is not set, and off by default before PostgreSQL 15";
    else if (said !== undefined && !["1", "on", "true"].includes(said.toLowerCase())) yield "rds.force_ssl is off";
  },
};
