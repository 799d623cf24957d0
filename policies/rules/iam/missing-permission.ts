import { catalogue, type Action } from "../../data/catalogue.ts";
import type { Holder } from "../../facts/holders.ts";
import type { Asked } from "../../facts/needs/needs.ts";
import { callsFrom } from "../../facts/needs/program.ts";
import { permissionsOf, unread } from "../../facts/permissions.ts";
import { stackNeeds, type RoleNeeds } from "../../facts/role-needs.ts";
import { has } from "../../iam/actions.ts";
import { listed } from "../../iam/check.ts";
import { codes } from "../../iam/glob.ts";
import { denialsOf, given } from "../../iam/permissions.ts";
import type { Found, StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-missing-permission",
  topic: "identity",
  holds: "a role allows what the code that runs as it calls and what the service that is given it needs",
  why: "A role that allows too little is found at the first request, and then often widened to everything.",
  fix: "allow the action on the resource that is meant, or take the call out of the code",
  source: "AWS Well-Architected SEC03-BP02; the execution roles in the Lambda and ECS developer guides",
  severity: "low",
  level: "advisory",
  options: {
    calls: {
      type: "object",
      default: {},
      description: "What the code calls, in place of policies/calls/app.json.",
    },
  },
  *checkStack(resources, options) {
    const { roles, stray, loose } = stackNeeds(resources, callsFrom(options["calls"]));
    for (const one of roles) yield* judged(one, loose);
    yield* [...stray, ...loose];
  },
};

function* judged({ holder, needs }: RoleNeeds, loose: Holder["unknown"]): Generator<Found> {
  const { resource, documents, boundary } = holder;
  const hidden = [...documents, ...holder.unknown].filter(({ unknown }) => unknown);
  for (const one of needs.asked) {
    const lacking = one.actions.flatMap((name) => {
      const action = catalogue.find(name);
      return action && !allowed(holder, action, one) ? [action.name] : [];
    });
    if (lacking.length === 0 || hidden.length + loose.length > 0) continue;
    const where = one.on === undefined ? "" : ` on ${one.on}`;
    const said = `${one.who} asks for ${listed(lacking)}${where}, which ${resource.name} is not allowed`;
    const [outside] = unread(holder);
    yield outside
      ? { undecided: `${said}, unless the attached policy ${outside.arn} does it`, resource }
      : { found: said, resource };
  }
  for (const { unknown, resource, about } of needs.unknown) {
    const open = (about ?? []).some((name) => !allowed(holder, catalogue.find(name), {}));
    if (about === undefined || open) yield { unknown, resource };
  }
  for (const { unknown, resource } of hidden) if (unknown) yield { unknown, resource };
  for (const { what } of needs.unread) yield { undecided: what, resource };
  if (boundary && "outside" in boundary)
    yield { undecided: `what the boundary leaves of it, which is ${boundary.outside}`, resource };
}

/** Whether a role may do an action: on the resource that is meant where it is known, else on any. */
function allowed(holder: Holder, action: Action | undefined, { on, byCode }: Pick<Asked, "on" | "byCode">): boolean {
  if (!action) return true;
  const { grants, denials } = permissionsOf(holder);
  const about = denialsOf(denials, action.id);
  if (byCode && about.some(({ statement }) => isAboutCode(statement.conditions))) return false;
  return grants.some((grant) => has(grant.actions, action.id) && (!on || given(grant, about, codes(on)) !== undefined));
}

/** Requests that a function's code makes carry its ARN, those of the service that hosts it do not. */
const isAboutCode = (conditions: readonly { key: string; negated: boolean }[]) =>
  conditions.length > 0 && conditions.every(({ key, negated }) => key === "lambda:sourcefunctionarn" && !negated);
