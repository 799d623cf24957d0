import { catalogue, type Action } from "../data/catalogue.ts";
import { allActions, intersect, members, type ActionSet } from "./actions.ts";
import { takenFrom } from "./comparisons.ts";
import { grouped } from "./action-groups.ts";
import type { Document, Kind, Statement } from "./document.ts";
import type { Grant, Permissions } from "./permissions.ts";
import { accountOf } from "./principal.ts";
import { narrowed, scopes, type Scope } from "./scope.ts";
import { holders } from "./together.ts";

/** `mandatory` makes a document a violation; `undecided` says that the answer depends on something not modelled. */
export type FindingLevel = "mandatory" | "advisory" | "undecided";

/** What a check says about a document. */
export interface Fault {
  /** Defaults to the level of the check. */
  readonly level?: FindingLevel;
  /** Label of the statement; empty for the document as a whole. */
  readonly statement: string;
  /** What was found: action, resource or key, in lower case. */
  readonly message: string;
}

/** One check of documents: a pure function, with what a reader needs to know about it. */
export interface Check {
  readonly id: string;
  readonly kinds: readonly Kind[];
  readonly level: "mandatory" | "advisory";
  /** What must hold, as a sentence. */
  readonly description: string;
  /** What to do about a finding. */
  readonly fix: string;
  readonly judge: (subject: Subject) => Iterable<Fault>;
}

/** What a check looks at. */
export interface Subject {
  readonly kind: Kind;
  readonly documents: readonly Document[];
  readonly permissions: Permissions;
  /** Accounts that may be trusted; undefined when nobody said. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** How far a grant reaches for one of its actions. */
  readonly scope: (grant: Grant, action: Action) => Scope;
}

/** Steps of automata that finding out how far grants reach may take: a tenth of a second. */
const maxSteps = 3_000_000;

/** Prepares documents for the checks; what was found out about a grant is kept. */
export function subject(
  kind: Kind,
  documents: readonly Document[],
  permissions: Permissions,
  accounts?: readonly string[],
): Subject {
  const known = new Map<Grant, { ask: (action: Action) => Scope; answers: Map<number, Scope> }>();
  const whole = new Map<Grant, Scope>();
  const denials = grouped(permissions.denials);
  const budget = { steps: maxSteps };
  const asker = (grant: Grant) => {
    let one = known.get(grant);
    if (!one) known.set(grant, (one = { ask: scopes(grant, denials, budget), answers: new Map() }));
    return one;
  };
  const part = (grant: Grant, action: Action): Scope => {
    const { reach, effects } = asker(grant).ask(action);
    return { reach, effects: takenFrom(effects, action.id) };
  };
  const held = holders(permissions.grants, part);
  const scope = (grant: Grant, action: Action) => {
    const plain = !grant.effects.some(({ takesFrom }) => takesFrom);
    if (plain && grant.everywhere && denials.lists[denials.of(action.id)]?.length === 0) {
      let all = whole.get(grant);
      if (!all) whole.set(grant, (all = { reach: "any", effects: grant.effects }));
      return all;
    }
    const { answers } = asker(grant);
    let found = answers.get(action.id);
    if (!found) {
      found = part(grant, action);
      const wide = (found.reach === "any" || found.reach === "account") && !narrowed(found.effects);
      if (wide) found = held(grant, action) ?? found;
      answers.set(action.id, found);
    }
    return found;
  };
  return { kind, documents, permissions, accounts: accounts && new Set(accounts), scope };
}

/**
 * Whether an account is not among the trusted ones, when somebody said which are. The account that all resources of a statement
 * are in owns them, so the statement gives it nothing; one resource of its own among others does not make it the owner of those.
 */
export function isForeign({ accounts }: Subject, account: string, { resources, exceptResources }: Statement): boolean {
  if (!accounts || accounts.has(account)) return false;
  return exceptResources || resources.length === 0 || resources.some((text) => accountOf(text) !== account);
}

type Test = (action: Action) => boolean;

/** All actions that pass a test, found when the first wide grant asks. */
const passing = new Map<Test, ActionSet>();

/** Each action of a grant that passes `test`, in the order of the data. `test` is asked again and again: define it once. */
export function actionsOf({ actions }: Grant, test: Test): Action[] {
  if (actions.length < 500) return members(actions).filter(test);
  let set = passing.get(test);
  if (!set) passing.set(test, (set = allActions.filter((id) => test(catalogue.action(id)))));
  return members(intersect(actions, set));
}

/** Those of a grant's actions that are in `set`. */
export const actionsIn = ({ actions }: Grant, set: ActionSet): Action[] => members(intersect(actions, set));

/** All statements that allow. */
export const allows = ({ documents }: Subject): Statement[] =>
  documents.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Allow"));

/** At most four names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - 4;
  return rest > 0 ? `${names.slice(0, 4).join(", ")} and ${rest} more` : names.join(", ");
}
