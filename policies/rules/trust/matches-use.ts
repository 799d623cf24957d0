import { mentions, roleUses } from "../../facts/role-uses.ts";
import { about } from "../../facts/subjects.ts";
import { serviceOf, trustedServices } from "../../facts/trusts.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "trust-matches-use",
  topic: "trust",
  holds: "a role trusts the service that uses it in this stack, and no other",
  why: "A service that is trusted and not used is a second door to the role's rights that nobody looks at.",
  fix: "name in assumeRolePolicy exactly the services that are given the role",
  source: "AWS Well-Architected SEC03-BP02; NIST SP 800-53 AC-6",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const uses = roleUses(resources);
    const [unclear] = uses.flatMap(({ unknown }) => (unknown ? [unknown] : []));
    const takers = new Set(uses.map(({ by }) => by.type));
    yield* about(ofType(resources, "aws:iam/role:Role"), function* (role) {
      const used = new Set(uses.filter((use) => use.role === role).map(({ service }) => serviceOf(service)));
      if (used.size === 0 && unclear) throw unclear;
      if (used.size === 0) return;
      const trusted = trustedServices(role);
      for (const service of used)
        if (!trusted.includes(service)) yield `${service} is given the role, which does not trust it`;
      const idle = trusted.filter((service) => !used.has(service) && !edges(service, used));
      if (idle.length === 0) return;
      if (unclear) throw unclear;
      // what takes roles in a way that is not listed may be the service that is meant
      const others = resources.filter(({ type }) => !type.startsWith("aws:iam/") && !takers.has(type));
      if (any(others, (one) => mentions(one, role))) return;
      yield `it trusts ${idle.join(", ")}, which nothing here gives the role to`;
    });
  },
};

/** Functions at the edge run under both names. */
const edges = (service: string, used: ReadonlySet<string>) => service === "edgelambda" && used.has("lambda");
