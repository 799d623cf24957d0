import { catalogue } from "../data/catalogue.ts";
import { allActions, has, isPattern, subtract, union } from "./actions.ts";
import { everything, readGlob } from "./glob.ts";
import { uncovered, type Group } from "./inclusion.ts";
import { singly } from "./principal.ts";
import { denialsOf, type Grant, type Permissions } from "./permissions.ts";

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
    const strange = grant.unknown.find((name) => !bound.grants.some((other) => namesUnknown(other, name)));
    if (strange !== undefined)
      undecided ??= unsure(grant, `the data of ${catalogue.date} knows no action ${strange.slice(0, 100)}`);
    for (const group of groups(grant, inner, bound)) {
      const answer = uncovered(group, budget);
      if (answer.resource !== undefined) {
        const action = catalogue.action(group.action).name;
        return { answer: "violated", statement: grant.statement.label, action, resource: answer.resource || "*" };
      }
      if (answer.reason !== undefined) undecided ??= unsure(grant, answer.reason);
    }
  }
  const [reason] = inner.undecided;
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
  const grants = [shape(free, ["*"]), ...(within.length > 0 ? [shape(held, within)] : [])];
  return includes({ grants, denials: [], undecided: [] }, permissions);
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

/** An action nobody knows is only within a bound that writes it the same way, or covers it by a pattern of the service. */
function namesUnknown({ statement, unknown }: Grant, name: string): boolean {
  const lower = name.toLowerCase();
  if (unknown.some((other) => other.toLowerCase() === lower)) return true;
  const whole = `${lower.slice(0, Math.max(0, lower.indexOf(":")))}:*`;
  return (
    !isPattern(lower) &&
    !statement.exceptActions &&
    statement.actions.some((other) => other === "*" || other.toLowerCase() === whole)
  );
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
