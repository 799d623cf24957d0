import { catalogue } from "../data/catalogue.ts";
import { allActions, has, isPattern, subtract, union } from "./actions.ts";
import { isWithin, witness, type Budget } from "./automaton.ts";
import { everything, readGlob } from "./glob.ts";
import { uncovered, type Group } from "./inclusion.ts";
import { singly } from "./principal.ts";
import { denialsOf, names, type Denial, type Grant, type Permissions } from "./permissions.ts";

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
const maxSteps = 100_000_000;

/** Whether everything that `inner` allows, `bound` allows too: same actions, within its resources and conditions. */
export function includes(bound: Permissions, inner: Permissions): Proof {
  let undecided: Proof | undefined;
  const budget = { steps: maxSteps };
  for (const grant of inner.grants) {
    for (const name of grant.unknown) {
      const reason = strange(name, grant, inner, bound, budget);
      if (reason !== undefined) undecided ??= unsure(grant, reason);
    }
    for (const group of groups(grant, inner, bound)) {
      const answer = uncovered(group, budget);
      if (answer.resource !== undefined) {
        const action = catalogue.action(group.action).name;
        return { answer: "violated", statement: grant.statement.label, action, resource: answer.resource || "*" };
      }
      if (answer.reason !== undefined) undecided ??= unsure(grant, answer.reason);
    }
  }
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
  const proof = includes({ grants, denials: [], undecided: [] }, permissions);
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
      const { resource, reason } = uncovered(
        { grant, principals: undefined, action: 0, taken, within, missing: [] },
        budget,
      );
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

/** Why it is not sure that the bound gives an action nobody knows wherever the grant does; undefined when it is. */
function strange(name: string, grant: Grant, inner: Permissions, bound: Permissions, budget: Budget) {
  const about = ({ statement }: Denial) => names(statement, name);
  const group = {
    grant,
    action: 0,
    taken: inner.denials.filter(about),
    within: bound.grants.filter(({ statement }) => names(statement, name)),
    missing: bound.denials.filter((one) => about(one) || isPattern(name)),
  };
  const answers = singly(grant.statement.principals).map((principals) => uncovered({ ...group, principals }, budget));
  if (answers.every(({ resource, reason }) => resource === undefined && reason === undefined)) return undefined;
  return `the data of ${catalogue.date} knows no action ${name.slice(0, 100)}`;
}

/** The actions of a grant, one for each group that the same statements of both sides are about. */
function groups(grant: Grant, inner: Permissions, bound: Permissions): Group[] {
  const found = new Map<string, Group>();
  for (const action of grant.actions) {
    const within = bound.grants.filter((other) => has(other.actions, action));
    const taken = denialsOf(inner.denials, action);
    const missing = denialsOf(bound.denials, action);
    const key = [
      within.map((one) => bound.grants.indexOf(one)),
      taken.map((one) => inner.denials.indexOf(one)),
      missing.map((one) => bound.denials.indexOf(one)),
    ].join("|");
    if (!found.has(key)) found.set(key, { grant, principals: undefined, action, taken, within, missing });
  }
  return [...found.values()].flatMap((group) =>
    singly(grant.statement.principals).map((principals) => ({ ...group, principals })),
  );
}
