import type { Action } from "../data/catalogue.ts";
import { members } from "./actions.ts";
import type { Document, Kind, Statement } from "./document.ts";
import type { Grant, Permissions } from "./permissions.ts";
import { scopeOf, type Scope } from "./scope.ts";

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

/** Prepares documents for the checks; what was found out about a grant is kept. */
export function subject(kind: Kind, documents: readonly Document[], permissions: Permissions, accounts?: readonly string[]): Subject {
  const known = new Map<Grant, Map<number, Scope>>();
  const scope = (grant: Grant, action: Action) => {
    let scopes = known.get(grant);
    if (!scopes) known.set(grant, (scopes = new Map<number, Scope>()));
    let found = scopes.get(action.id);
    if (!found) scopes.set(action.id, (found = scopeOf(grant, permissions.denials, action)));
    return found;
  };
  const trusted = accounts && accounts.length > 0 ? new Set(accounts) : undefined;
  return { kind, documents, permissions, accounts: trusted, scope };
}

/** Each action of a grant that passes `test`, in the order of the data. */
export function actionsOf(grant: Grant, test: (action: Action) => boolean): Action[] {
  const found: Action[] = [];
  for (const action of members(grant.actions)) if (test(action)) found.push(action);
  return found;
}

/** All statements that allow. */
export const allows = ({ documents }: Subject): Statement[] =>
  documents.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Allow"));

/** At most four names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - 4;
  return rest > 0 ? `${names.slice(0, 4).join(", ")} and ${rest} more` : names.join(", ");
}
