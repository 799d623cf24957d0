import type { Action } from "../data/catalogue.ts";
import { has } from "./actions.ts";
import type { Subject } from "./check.ts";
import { readGlob, matches } from "./glob.ts";
import type { Grant } from "./permissions.ts";
import { narrowed, unclear, type Scope } from "./scope.ts";

/** What all grants together give of one action, at its widest. */
export interface Access {
  /** Label of the widest statement. */
  readonly statement: string;
  /** Whether it reaches targets that the document does not name. */
  readonly open: boolean;
  /** Whether a condition holds every grant to what it names. */
  readonly narrowed: boolean;
  readonly unclear: boolean;
  /** Whether it only reaches the caller's own user, by a policy variable. */
  readonly self: boolean;
  /** The part of it that passes roles to a service; undefined when there is none. */
  readonly passing: (service: string | undefined) => Access | undefined;
}

/** Asks, and keeps, the access to single actions. */
export function accessTo(subject: Subject): (action: Action) => Access | undefined {
  const known = new Map<number, Access | undefined>();
  return (action) => {
    if (!known.has(action.id)) known.set(action.id, widest(subject, action, subject.permissions.grants));
    return known.get(action.id);
  };
}

function widest(subject: Subject, action: Action, grants: readonly Grant[]): Access | undefined {
  const found = grants
    .filter(({ actions }) => has(actions, action.id))
    .map((grant) => ({ grant, scope: subject.scope(grant, action) }))
    .filter(({ grant, scope }) => scope.reach !== "none" && !untouchable(grant, action));
  const [best] = found.sort((a, b) => rank(b.grant, b.scope) - rank(a.grant, a.scope));
  if (!best) return undefined;
  const { grant, scope } = best;
  return {
    statement: grant.statement.label,
    open: isOpen(grant, scope, action),
    narrowed: narrowed(scope.effects),
    unclear: unclear(scope.effects),
    self: found.every((one) => isSelf(one.grant)),
    passing: (service) =>
      widest(
        subject,
        action,
        grants.filter((one) => service === undefined || mayPassTo(one, service)),
      ),
  };
}

function rank(grant: Grant, { reach, effects }: Scope): number {
  const width = { none: 0, named: 1, account: 2, any: 3 }[reach];
  return width + (narrowed(effects) ? 0 : 8) + (unclear(effects) ? 0 : 4) + (isSelf(grant) ? 0 : 0.5);
}

/** A role by pattern in any account is as open as any role. */
function isOpen({ statement }: Grant, { reach }: Scope, { name }: Action): boolean {
  if (reach === "any" || reach === "account") return true;
  const service = name.slice(0, name.indexOf(":"));
  if (service !== "iam" && service !== "sts") return false;
  return statement.resources.some((text) => {
    const account = text.split(":")[4];
    return account !== undefined && /[*?]/.test(account) && /[*?]/.test(text.slice(text.lastIndexOf(":")));
  });
}

/** AWS's own policies and roles cannot be changed. */
const untouchable = ({ statement: { resources, exceptResources } }: Grant, { level }: Action) =>
  !exceptResources &&
  level !== "Read" &&
  resources.length > 0 &&
  resources.every((text) => text.startsWith("arn:aws:iam::aws:"));

/** Whether every resource ends in a policy variable, whole: `user/${aws:username}*` also covers who is called alike. */
const isSelf = ({ statement: { resources, exceptResources } }: Grant) =>
  !exceptResources &&
  resources.length > 0 &&
  resources.every((text) => /\/\$\{aws:(username|userid|principaltag\/[^},]*)\}$/i.test(text));

/** Whether the conditions on the service that gets a role let this service have it. */
function mayPassTo({ conditions }: Grant, service: string): boolean {
  return conditions
    .filter(({ key }) => key === "iam:passedtoservice")
    .every(({ values, negated, type }) => {
      if (type !== "string") return true;
      return values.some((value) => matches(readGlob(value), service)) !== negated;
    });
}
