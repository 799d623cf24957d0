import { catalogue } from "../data/catalogue.ts";
import { allActions, intersect, join, subtract, union } from "./actions.ts";
import { isWithin, witness } from "./automaton.ts";
import { everything, readGlob } from "./glob.ts";
import { grouped } from "./action-groups.ts";
import { byAsker } from "./askers.ts";
import { uncovered, type Group } from "./inclusion.ts";
import { names } from "./action-names.ts";
import type { Denial, Grant, Permissions } from "./permissions.ts";
import { strangers } from "./unknown-actions.ts";

/** `violated` names one action and resource that the one has and the other has not. */
export type Proof =
  | { readonly answer: "holds" }
  | { readonly answer: "violated"; readonly statement: string; readonly action: string; readonly resource: string }
  | { readonly answer: "undecided"; readonly statement: string; readonly reason: string };

/** A promise about a principal: what it never does, or where it does some things and nowhere else. */
export interface Invariant {
  /** Action patterns that are never allowed, for example `iam:*`. */
  readonly never?: readonly string[];
  /** Action patterns that are allowed on resources in `within` only. */
  readonly only?: readonly string[];
  /** ARN patterns for `only`. */
  readonly within?: readonly string[];
}

/** Steps of automata that one comparison may take: some seconds, where ordinary roles take a thousandth. */
const maxSteps = 50_000_000;

/** Whether everything that `inner` allows, `bound` allows too: same actions, within its resources and conditions. */
export const includes = (bound: Permissions, inner: Permissions): Proof => compared(asked(bound), asked(inner));

/** With the Allows that seem never to apply: whether they do is asked here. */
const asked = (one: Permissions): Permissions => ({ ...one, grants: [...one.grants, ...one.idle], idle: [] });

function compared(bound: Permissions, inner: Permissions): Proof {
  let undecided: Proof | undefined;
  const budget = { steps: maxSteps };
  const about = questions(inner, bound);
  for (const grant of inner.grants) {
    for (const group of about(grant)) {
      const answer = uncovered(group, budget);
      if (answer.resource !== undefined) {
        const action = catalogue.action(group.action).name;
        return { answer: "violated", statement: grant.statement.label, action, resource: answer.resource || "*" };
      }
      if (answer.reason !== undefined) undecided ??= unsure(grant, answer.reason);
    }
  }
  if (!undecided) for (const { grant, reason } of strangers(inner, bound, budget)) undecided ??= unsure(grant, reason);
  // what the bound could not be read by may be a Deny
  const [reason] = [...inner.undecided, ...bound.undecided];
  if (reason !== undefined) undecided ??= { answer: "undecided", statement: "", reason };
  return undecided ?? { answer: "holds" };
}

/** Whether an invariant holds for everything that `permissions` allow. */
export function proves(permissions: Permissions, { never = [], only = [], within = [] }: Invariant): Proof {
  const free = subtract(allActions, union([...never, ...only]));
  const held = subtract(union(only), union(never));
  const shape = (actions: typeof free, resources: readonly string[]): Grant => ({
    statement: { ...blank, resources },
    about: [blank],
    actions,
    unknown: [],
    within: [{ globs: resources.map((text) => (text === "*" ? everything : readGlob(text))), except: false }],
    everywhere: resources.includes("*"),
    conditions: [],
    effects: [],
  });
  const where = shape(held, within);
  const broken = promised(permissions, never, []) ?? promised(permissions, only, within.length > 0 ? [where] : []);
  if (broken?.answer === "violated") return broken;
  const grants = [shape(free, ["*"]), ...(within.length > 0 ? [where] : [])];
  const proof = includes({ grants, idle: [], denials: [], whole: [], undecided: [] }, permissions);
  return proof.answer === "holds" ? (broken ?? proof) : proof;
}

/** What the actions nobody knows make of a promise about `patterns`; undefined when they are not about it, or keep it. */
function promised({ grants, denials }: Permissions, patterns: readonly string[], within: readonly Grant[]) {
  let undecided: Proof | undefined;
  const budget = { steps: maxSteps };
  const promises = patterns.map((text) => readGlob(text.toLowerCase(), { variables: false }));
  for (const grant of grants) {
    for (const action of grant.unknown) {
      const name = readGlob(action.toLowerCase(), { variables: false });
      if (!promises.some((one) => witness([name, one], 2, () => true, budget).found !== undefined)) continue;
      const taken = denials.filter(({ statement }) => names(statement, action));
      const { resource, reason } = uncovered({ grant, taken, within, missing: [] }, budget);
      const label = grant.statement.label;
      if (resource !== undefined && promises.some((one) => isWithin(name, one) === true))
        return { answer: "violated", statement: label, action, resource: resource || "*" } as const;
      if (resource !== undefined || reason !== undefined)
        undecided ??= unsure(grant, `the data of ${catalogue.date} knows no action ${action.slice(0, 100)}`);
    }
  }
  return undecided;
}

const blank = {
  label: "",
  effect: "Allow",
  actions: ["*"],
  exceptActions: false,
  resources: ["*"],
  exceptResources: false,
  principals: undefined,
  conditions: [],
} as const;

const unsure = ({ statement }: Grant, reason: string): Proof => ({
  answer: "undecided",
  statement: statement.label,
  reason,
});

/** A question about one action, the first of those that have the same answer. */
type Asked = Group & { readonly action: number };

/** The questions about a grant: one for each group of its actions that the same statements of both sides are about. */
function questions(inner: Permissions, bound: Permissions): (grant: Grant) => Asked[] {
  const own = join(inner.grants.map(({ actions }) => actions));
  const about = <T extends Grant | Denial>(list: readonly T[], as: (one: T) => Partial<Sides>) =>
    list.map((one) => ({ actions: intersect(one.actions, own), ...as(one) }));
  const { of, lists } = grouped([
    ...about(bound.grants, (within) => ({ within })),
    ...about(inner.denials, (taken) => ({ taken })),
    ...about(bound.denials, (missing) => ({ missing })),
  ]);
  return (grant) => {
    const firsts = new Map<number, number>();
    for (const action of grant.actions) if (!firsts.has(of(action))) firsts.set(of(action), action);
    return [...firsts].flatMap(([group, action]) => {
      const sides = lists[group] as readonly Partial<Sides>[];
      const taken = sides.flatMap((one) => one.taken ?? []);
      const within = sides.flatMap((one) => one.within ?? []);
      const missing = sides.flatMap((one) => one.missing ?? []);
      return byAsker({ grant, taken, within, missing }).map((one) => ({ ...one, action }));
    });
  };
}

/** Where a statement stands in a question. */
interface Sides {
  readonly taken: Denial;
  readonly within: Grant;
  readonly missing: Denial;
}
