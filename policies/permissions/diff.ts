import { includes } from "../iam/prover.ts";
import { sideOf, type Atom, type Side } from "./atoms.ts";
import type { Policy, Principal, Snapshot } from "./snapshot.ts";

export type Verb = "gains" | "loses" | "condition widens" | "condition narrows" | "condition changes";

/** One difference between two snapshots. */
export interface Change {
  /** Logical name of the principal, or of the resource whose policy it is. */
  readonly name: string;
  /** Whether it is about what a principal may do, who may become it, or who may use a resource. */
  readonly about: "permissions" | "trust" | "resource";
  readonly verb: Verb;
  /** Whom a trust or resource policy names. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  /** The condition, without values that may be secret. */
  readonly condition: string;
  /** False when it could not be proved that there is a difference; the texts differ. */
  readonly proved: boolean;
}

/** The verbs by which somebody may do more than before. */
export const wider: ReadonlySet<Verb> = new Set<Verb>(["gains", "condition widens", "condition changes"]);

/** What changes from one snapshot to the other, by name. Empty when both allow the same, however it is written. */
export function differences(before: Snapshot, after: Snapshot): Change[] {
  const changes: Change[] = [];
  for (const name of names(before.principals, after.principals)) {
    const [old, now] = [before.principals[name], after.principals[name]];
    if (isSame(old, now)) continue;
    const held = compared(permissionsOf(old), permissionsOf(now));
    changes.push(...held.map((one) => ({ name, about: "permissions" as const, ...one })));
    changes.push(...managed(old, now).map((one) => ({ name, about: "permissions" as const, ...one })));
    const trusted = compared(sideOf("trust", listed(old?.trust)), sideOf("trust", listed(now?.trust)));
    changes.push(...trusted.map((one) => ({ name, about: "trust" as const, ...one })));
  }
  for (const name of names(before.resources, after.resources)) {
    const [old, now] = [before.resources[name], after.resources[name]];
    if (isSame(old, now)) continue;
    const used = compared(sideOf("resource", listed(old)), sideOf("resource", listed(now)));
    // Others get at a resource by policies of their own, so what its policy refuses counts without an Allow beside it.
    const freed = compared(sideOf("resource", refusalsOf(now)), sideOf("resource", refusalsOf(old)));
    changes.push(...[...used, ...freed].map((one) => ({ name, about: "resource" as const, ...one })));
  }
  return changes;
}

/** Nearly all that a snapshot holds stays as it is, and needs no proof. */
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

type Part = Omit<Change, "name" | "about">;

const permissionsOf = (principal: Principal | undefined): Side => {
  const { policies = {}, boundary } = principal ?? {};
  return sideOf("identity", Object.values(policies), typeof boundary === "string" ? undefined : boundary);
};

/** What a policy refuses, as a policy that allows it. */
function refusalsOf(policy: Policy | undefined): Policy[] {
  const { Statement, ...rest } = (policy ?? {}) as Record<string, unknown>;
  const denies = [Statement]
    .flat()
    .filter((one) => (one as { Effect?: unknown } | null | undefined)?.Effect === "Deny");
  return denies.length > 0
    ? [{ ...rest, Statement: denies.map((one) => ({ ...(one as object), Effect: "Allow" })) }]
    : [];
}

const listed = (policy: Policy | undefined): Policy[] => (policy === undefined ? [] : [policy]);

const names = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

/** Attached policies outside the stack, and a boundary outside it, are told by their ARN. */
function managed(old: Principal | undefined, now: Principal | undefined): Part[] {
  const part = (verb: Verb, resource: string, action = "all that the policy allows"): Part => ({
    ...{ verb, who: "", action, resource, condition: "", proved: true },
  });
  const had = old?.managed ?? [];
  const has = now?.managed ?? [];
  const limits = [old?.boundary, now?.boundary].map((one) => (typeof one === "string" ? one : undefined));
  return [
    ...has.filter((arn) => !had.includes(arn)).map((arn) => part("gains", arn)),
    ...had.filter((arn) => !has.includes(arn)).map((arn) => part("loses", arn)),
    ...(limits[0] !== limits[1] && limits[0] ? [part("gains", limits[0], "all that the boundary refused")] : []),
    ...(limits[0] !== limits[1] && limits[1] ? [part("loses", limits[1], "all that the boundary refuses")] : []),
  ];
}

/** Gains and losses; where both sides speak of the same action and resource, it is the condition that changes. */
function compared(before: Side, after: Side): Part[] {
  const gained = missing(after, before);
  const lost = missing(before, after);
  const both = (atom: Atom, side: Side) => side.atoms.filter((other) => place(other) === place(atom));
  const parts = new Map<string, Part>();
  const tell = (verb: Verb, { who, action, resource, shown: condition }: Atom, proved: boolean) => {
    const part = { verb, who, action, resource, condition, proved };
    parts.set(JSON.stringify([verb, who, action, resource, condition]), part);
  };
  const changed = new Set(
    gained.filter(({ atom }) => lost.some((one) => place(one.atom) === place(atom))).map(({ atom }) => place(atom)),
  );
  for (const { atom, proved } of gained) {
    if (changed.has(place(atom))) tell("condition changes", atom, proved);
    else tell(both(atom, before).length > 0 ? "condition widens" : "gains", atom, proved);
  }
  for (const { atom, proved } of lost) {
    if (changed.has(place(atom))) continue;
    const [left] = both(atom, after);
    if (left) tell("condition narrows", left, proved);
    else tell("loses", atom, proved);
  }
  return [...parts.values()];
}

const place = ({ who, action, resource }: Atom) => JSON.stringify([who, action.toLowerCase(), resource]);
const same = (a: Atom, b: Atom) => place(a) === place(b) && a.condition === b.condition;

/** The atoms of one side that the other does not give. What cannot be decided counts when the other side has not the same words. */
function missing(side: Side, other: Side): { atom: Atom; proved: boolean }[] {
  return side.atoms.flatMap((atom): { atom: Atom; proved: boolean }[] => {
    const proof = includes(other.permissions, atom.permissions);
    if (proof.answer === "violated") return [{ atom, proved: true }];
    return proof.answer === "undecided" && !other.atoms.some((one) => same(one, atom)) ? [{ atom, proved: false }] : [];
  });
}

/** Changes of the same kind on the same resource, with all their actions. */
export function grouped(changes: readonly Change[]): (Change & { readonly actions: readonly string[] })[] {
  const groups = new Map<string, Change & { actions: string[] }>();
  for (const change of changes) {
    const key = JSON.stringify({ ...change, action: "" });
    const group = groups.get(key) ?? { ...change, actions: [] };
    groups.set(key, { ...group, actions: [...group.actions, change.action] });
  }
  return [...groups.values()];
}
