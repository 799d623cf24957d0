import { ingressOf, ingressParts, ingressTypes } from "../../facts/ingress.ts";
import { amount, items } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ec2-security-group-isolate-database",
  topic: "exposure",
  holds: "a database is reached from security groups, not from addresses",
  why: "An address block admits whatever comes to live in it; a security group admits the services that were given it.",
  fix: "name the security group of the clients",
  source: "Amazon RDS user guide, controlling access with security groups; cdk-nag EC23",
  severity: "high",
  level: "mandatory",
  options: {
    ports: {
      type: "array",
      items: { type: "integer", minimum: 1, maximum: 65535 },
      default: [5432, 3306, 1433, 1521, 6379, 27017],
      description: "Ports of databases.",
    },
  },
  types: ingressTypes,
  *check(resource, options) {
    const ports = items(options, "ports").map((port) => amount(port) ?? -1);
    yield* each(ingressParts(resource), function* (part) {
      const { from, to, blocks } = ingressOf(part);
      const port = ports.find((one) => from <= one && one <= to);
      if (port !== undefined && blocks.length > 0) yield `port ${port} is open to ${blocks.map(shown).join(" and ")}`;
    });
  },
};
