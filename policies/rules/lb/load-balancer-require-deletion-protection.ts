import { balancerTypes } from "../../facts/load-balancers.ts";
import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lb-load-balancer-require-deletion-protection",
  topic: "availability",
  holds: "a load balancer cannot be deleted by mistake",
  why: "One renamed resource in a program is a delete and a create, and the new one answers under another address.",
  fix: "set enableDeletionProtection to true",
  source: "AWS Security Hub ELB.6",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  types: balancerTypes,
  *check({ props }) {
    if (!flag(props, "enableDeletionProtection")) yield "enableDeletionProtection is not true";
  },
};
