import { policiesOf, permissionsOf, sourceOf, unread } from "../../facts/permissions.ts";
import { callsFrom } from "../../facts/needs/program.ts";
import { stackNeeds, type RoleNeeds, type StackNeeds } from "../../facts/role-needs.ts";
import { join, members, subtract, union, type ActionSet } from "../../iam/actions.ts";
import { listed } from "../../iam/check.ts";
import { codes } from "../../iam/glob.ts";
import { denialsOf, given, type Grant } from "../../iam/permissions.ts";
import type { Found, StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-unused-permission",
  topic: "identity",
  holds: "what a role may do, the code that runs as it calls or the service that is given it needs",
  why: "A permission that nothing uses helps only an intruder, and nobody notices when it is taken away.",
  fix: "take the action out of the statement, or run node policies/calls/read.ts when the code has changed",
  source: "AWS Well-Architected SEC03-BP04; IAM Access Analyzer, unused access, decided here before the first call",
  severity: "medium",
  level: { dev: "advisory", prod: "mandatory" },
  options: {
    calls: {
      type: "object",
      default: {},
      description: "What the code calls, in place of policies/calls/app.json.",
    },
  },
  *checkStack(resources, options) {
    const stack = stackNeeds(resources, callsFrom(options["calls"]));
    for (const one of stack.roles) yield* judged(one, stack.stray);
    yield* [...stack.stray, ...stack.loose];
  },
};

function* judged({ holder, needs }: RoleNeeds, stray: StackNeeds["stray"]): Generator<Found> {
  const used = union(needs.asked.flatMap(({ actions, may = [] }) => [...actions, ...may]));
  const [first] = needs.unread;
  const whole = needs.unknown.find(({ about }) => about === undefined) ?? stray[0];
  const perhaps = union(needs.unknown.flatMap(({ about = [] }) => about));
  const hidden = new Set<Found>();
  for (const grant of permissionsOf(holder).grants) {
    const rest = join([subtract(grant.actions, used), aside(grant, holder, needs)]);
    if (rest.length === 0) continue;
    const certain = whole ? rest.slice(0, 0) : subtract(rest, perhaps);
    for (const one of needs.unknown) {
      if (one === whole || subtract(rest, union(one.about ?? [])).length < rest.length) hidden.add(one);
    }
    const { from, statement } = sourceOf(grant.statement.label, policiesOf(holder));
    if (certain.length === 0) continue;
    const names = listed(members(certain).map(({ name }) => name));
    const said = `${from.path} statement ${statement} allows ${names}, which nothing asks for as ${holder.resource.name}`;
    yield first === undefined
      ? { found: said, resource: from.resource }
      : { undecided: `${said}, unless ${first.what} does`, resource: from.resource };
  }
  yield* hidden;
  for (const { unknown, resource } of [...holder.documents, ...holder.unknown])
    if (unknown) yield { unknown, resource };
  for (const { arn, by } of unread(holder)) yield { undecided: `what the attached policy ${arn} allows`, resource: by };
}

/** Actions that are asked for on resources that are known, none of which the grant covers. */
function aside(grant: Grant, holder: RoleNeeds["holder"], { asked }: RoleNeeds["needs"]): ActionSet {
  const { denials } = permissionsOf(holder);
  const unasked = members(grant.actions).filter(({ name, id }) => {
    const askers = asked.filter(({ actions, may = [] }) => actions.includes(name) || may.includes(name));
    const places = askers.map(({ actions, on }) => (actions.includes(name) ? on : undefined));
    if (places.length === 0 || places.includes(undefined)) return false;
    return !places.some((on) => given(grant, denialsOf(denials, id), codes(on ?? "")));
  });
  return Uint16Array.from(unasked, ({ id }) => id);
}
