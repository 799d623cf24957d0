import { allActions, complement, has, intersect, subtract, union, type ActionSet } from "./actions.ts";
import { isUnknown, mayName, names } from "./action-names.ts";
import { effectOf, effectsOf, type Effect } from "./comparisons.ts";
import { negation, type Comparison } from "./condition.ts";
import type { Document, Statement } from "./document.ts";
import { isForAll } from "./principal.ts";
import { covers, everything, readGlob, type Glob } from "./glob.ts";

/** Resources by pattern, or all but these. */
export interface ResourceSet {
  readonly globs: readonly Glob[];
  readonly except: boolean;
}

/** What one Allow gives, after the Denies that take it away whole. */
export interface Grant {
  readonly statement: Statement;
  /** The statements that must all be about an action: its own, and one of the boundary. */
  readonly about: readonly Statement[];
  readonly actions: ActionSet;
  /** Actions of services or names that the data does not know. */
  readonly unknown: readonly string[];
  /** A resource must be in every one of these sets. */
  readonly within: readonly ResourceSet[];
  /** Whether that is every resource. */
  readonly everywhere: boolean;
  readonly conditions: readonly Comparison[];
  readonly effects: readonly Effect[];
}

/** A Deny that takes away a part: some resources, or some requests. */
export interface Denial {
  readonly statement: Statement;
  readonly actions: ActionSet;
  readonly resources: ResourceSet;
}

/** Everything a set of documents lets its holder do. */
export interface Permissions {
  readonly grants: readonly Grant[];
  /** Allows whose conditions seem never to be met, which their author did not mean: no access, and not proved to be none. */
  readonly idle: readonly Grant[];
  readonly denials: readonly Denial[];
  /** Denies that are taken off the grants already: those of every resource, whoever asks and however. */
  readonly whole: readonly Denial[];
  /** What kept these from being all; empty when nothing did. */
  readonly undecided: readonly string[];
}

/** How many statements of a principal may each be about more than a tenth of AWS's actions; the rest is not judged. */
const maxWide = 20;

/** The first wide ones and all others. */
function bounded<T extends { readonly actions: ActionSet }>(list: readonly T[]): T[] {
  let wide = 0;
  return list.filter(({ actions }) => actions.length < allActions.length / 10 || ++wide <= maxWide);
}

/**
 * The effective permissions of a principal that holds `documents`: all their Allows, less their Denies, within `boundary` when
 * there is one. A Deny without condition on every resource is taken off exactly; other Denies are kept and asked per resource.
 */
export function effectivePermissions(documents: readonly Document[], boundary?: Document): Permissions {
  const limits = boundary ? [...documents, boundary] : documents;
  const all = limits.flatMap((document) => document.statements.filter(isDeny).map((one) => denial(one, document)));
  const denials = bounded(all);
  const whole = denials.filter(
    ({ statement, resources }) =>
      statement.conditions.length === 0 && isAll(resources) && isForAll(statement.principals),
  );
  const grantsOf = (document: Document) =>
    document.statements.flatMap((one) => (one.effect === "Allow" ? [grant(one, document, whole)] : []));
  const given = documents.flatMap(grantsOf);
  const grants = boundary ? given.flatMap((one) => grantsOf(boundary).map((other) => both(one, other))) : given;
  const partial = denials.filter((one) => !whole.includes(one));
  const strange = [...new Set(limits.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions)))].filter(
    isUnknown,
  );
  const mayGive = ({ actions, about }: Grant) =>
    actions.length > 0 || strange.some((name) => about.every((one) => mayName(one, name)));
  const able = grants.filter(mayGive);
  const judged = bounded(able);
  const unread = limits.flatMap(({ flaws }) =>
    flaws.filter(({ severity }) => severity !== "harmless").map(({ message }) => message),
  );
  const beyond = able.length > judged.length || all.length > denials.length;
  const skipped = beyond ? [`${able.length + all.length} statements, of which more than ${maxWide} are wide`] : [];
  return {
    grants: judged.filter(possible),
    idle: judged.filter((one) => !possible(one)),
    denials: partial,
    whole,
    undecided: [...unread, ...skipped],
  };
}

const isDeny = ({ effect }: Statement) => effect === "Deny";
const possible = ({ effects }: Grant) => effects.every(({ effect }) => effect !== "never");

function grant(statement: Statement, document: Document, whole: readonly Denial[]): Grant {
  const named = union(statement.actions);
  let actions = statement.exceptActions ? complement(named) : named;
  for (const taken of whole) actions = subtract(actions, taken.actions);
  const unknown = statement.exceptActions
    ? []
    : statement.actions.filter((name) => isUnknown(name) && !whole.some((taken) => names(taken.statement, name)));
  const within = [resourceSet(statement, document)];
  const { conditions } = statement;
  const everywhere = within.every(isAll);
  const about = [statement];
  return { statement, about, actions, unknown, within, everywhere, conditions, effects: effectsOf(conditions) };
}

function denial(statement: Statement, document: Document): Denial {
  const named = union(statement.actions);
  const actions = statement.exceptActions ? complement(named) : named;
  return { statement, actions, resources: resourceSet(statement, document) };
}

function both(a: Grant, b: Grant): Grant {
  const conditions = [...a.conditions, ...b.conditions];
  const shared = { conditions, effects: effectsOf(conditions), within: [...a.within, ...b.within] };
  return {
    ...shared,
    everywhere: a.everywhere && b.everywhere,
    statement: a.statement,
    about: [...a.about, ...b.about],
    actions: intersect(a.actions, b.actions),
    unknown: [
      ...a.unknown.filter((name) => names(b.statement, name)),
      ...b.unknown.filter((name) => names(a.statement, name)),
    ],
  };
}

/** A trust policy names no resource: the role itself is meant. */
function resourceSet({ resources, exceptResources }: Statement, { variables }: Document): ResourceSet {
  if (resources.length === 0) return { globs: [everything], except: false };
  return { globs: resources.map((text) => readGlob(text, { variables })), except: exceptResources };
}

export const isAll = ({ globs, except }: ResourceSet): boolean =>
  !except && globs.some(({ tokens }) => tokens.length === 1 && tokens[0] === -1);

/** Whether a resource, given as characters, is in the set. */
export const contains = ({ globs, except }: ResourceSet, resource: readonly number[]): boolean =>
  globs.some(({ tokens }) => covers(tokens, resource)) !== except;

/** The conditions of an access, and what each takes from it. */
export interface Limits {
  readonly conditions: readonly Comparison[];
  readonly effects: readonly Effect[];
}

/** The Denies that are about an action. */
export const denialsOf = (denials: readonly Denial[], action: number): readonly Denial[] =>
  denials.filter(({ actions }) => has(actions, action));

/**
 * Whether a grant gives, on `resource`, an action that `denials` are about, and if so under which conditions; undefined when it
 * does not.
 */
export function given(
  { within, conditions, effects }: Grant,
  denials: readonly Denial[],
  resource: readonly number[],
): Limits | undefined {
  if (!within.every((set) => contains(set, resource))) return undefined;
  let limits: Limits = { conditions, effects };
  for (const taken of denials) {
    if (!contains(taken.resources, resource)) continue;
    const rest = taken.statement.conditions;
    if (rest.length === 0) return undefined;
    const need = negation(rest);
    if (!need) continue;
    if (effectOf(need).effect === "never") return undefined;
    const all = [...limits.conditions, need];
    limits = { conditions: all, effects: effectsOf(all) };
  }
  return limits;
}
