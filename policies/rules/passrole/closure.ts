import { holdersIn } from "../../facts/holders.ts";
import { isKnown, permissionsOf, sourceOf } from "../../facts/permissions.ts";
import { mentions, roleUses } from "../../facts/role-uses.ts";
import { about } from "../../facts/subjects.ts";
import { targetsAmong } from "../../facts/targets.ts";
import { serviceOf, trustedServices, trustsOthers } from "../../facts/trusts.ts";
import { any } from "../../facts/unknown.ts";
import { has } from "../../iam/actions.ts";
import { passRole } from "../../iam/checks/iam-passrole-exact.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { Found, StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "passrole-closure",
  topic: "identity",
  holds: "every role is used or passed in this stack, and one that is passed to a service trusts that service",
  why: "A role that nobody uses is kept for whoever finds it; a pass to a service the role does not trust hides another intent.",
  fix: "delete the role, or bring PassRole, iam:PassedToService and the role's trust in line",
  source: "AWS Well-Architected SEC03-BP04; nccgroup/PMapper, pass-role edges",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const roles = ofType(resources, "aws:iam/role:Role");
    yield* passes(resources, roles);
    const uses = roleUses(resources);
    const [unclear] = uses.flatMap(({ unknown }) => (unknown ? [unknown] : []));
    for (const found of about(roles, (role) => idle(role, resources))) {
      if (typeof found === "string" || !("found" in found)) yield found;
      else if (unclear && found.resource) yield { unknown: unclear, resource: found.resource };
      else yield { ...found, level: "advisory" };
    }
  },
};

/** Passes of roles of this stack to services that they do not trust. */
function* passes(resources: readonly Resource[], roles: readonly Resource[]): Generator<Found> {
  const targets = targetsAmong(roles);
  for (const holder of holdersIn(resources)) {
    const known = holder.documents.filter(isKnown);
    for (const { statement, actions, conditions } of permissionsOf(holder).grants) {
      if (!has(actions, passRole().id)) continue;
      const { from, statement: label } = sourceOf(statement.label, known);
      const services = conditions.filter(({ key, negated }) => key === "iam:passedtoservice" && !negated);
      for (const arn of statement.resources) {
        const role = targets.find(arn, from.resource, from.path);
        if (typeof role !== "object") continue;
        yield* about([from.resource], function* () {
          const trusted = trustedServices(role);
          const stray = services.flatMap(({ values }) => values).filter((value) => !trusted.includes(serviceOf(value)));
          if (stray.length > 0)
            yield `statement ${label} passes ${role.name} to ${stray.join(", ")}, which it does not trust`;
        });
      }
    }
    for (const { unknown, resource } of holder.documents) if (unknown) yield { unknown, resource };
  }
}

/** A role for services that nothing in the stack mentions. Its own policies and attachments do not count. */
function* idle(role: Resource, resources: readonly Resource[]): Generator<string> {
  if (trustsOthers(role)) return;
  const others = resources.filter((one) => one !== role && !ownParts.test(one.type));
  if (any(others, (one) => mentions(one, role))) return;
  yield "nothing in this stack uses the role";
}

const ownParts = /^aws:iam\/role(Polic\w+):/;
