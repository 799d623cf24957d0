import { ingressOf, ingressParts, ingressTypes, isOpen } from "../../facts/ingress.ts";
import { items, amount } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ec2-security-group-disallow-open-ingress",
  topic: "exposure",
  holds: "the internet reaches only the ports of a public front door",
  why: "Every other port that answers the whole world is found by scanners within minutes.",
  fix: "name the security group or the private address block the traffic comes from",
  source: "AWS Security Hub EC2.18, EC2.19",
  severity: "critical",
  level: "mandatory",
  options: {
    ports: {
      type: "array",
      items: { type: "integer", minimum: 0, maximum: 65535 },
      default: [443, 80],
      description: "Ports that may be open to the world. Port 80 is there for the redirect to HTTPS.",
    },
  },
  types: ingressTypes,
  *check(resource, options) {
    const ports = items(options, "ports").map((port) => amount(port));
    yield* each(ingressParts(resource), function* (part) {
      const { from, to, blocks } = ingressOf(part);
      const open = blocks.filter(isOpen);
      if (open.length > 0 && !(from === to && ports.includes(from))) {
        yield `ports ${from} to ${to} are open to ${open.map(shown).join(" and ")}`;
      }
    });
  },
};
