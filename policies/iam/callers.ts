import { effectOf } from "./comparisons.ts";
import { isTrue, negation, type Comparison } from "./condition.ts";
import type { Document, Statement } from "./document.ts";
import { covers, readGlob } from "./glob.ts";
import { namedBy } from "./named-callers.ts";
import type { Principals } from "./principal.ts";

/** How well conditions hold `Principal: *`, or a service, to callers that are known. */
export interface Pinned {
  /** Organisation, account, principal or source that is named without an open wildcard. */
  readonly by: "caller" | "source" | "network" | "address" | undefined;
  /** Accounts the conditions name. */
  readonly accounts: readonly string[];
  /** Whether a condition is there whose key is not modelled. */
  readonly unclear: boolean;
}

const known = new WeakMap<Statement, Pinned>();

/** Judges the conditions of an Allow together with the Denies of its document that cover it. */
export function pinned(statement: Statement, document: Document): Pinned {
  let found = known.get(statement);
  if (!found) known.set(statement, (found = judged(statement, document)));
  return found;
}

function judged(statement: Statement, document: Document): Pinned {
  const denied = document.statements.map((one) => needs(one, statement)).filter((list) => list.length > 0);
  const certain = [...statement.conditions, ...denied.filter((list) => list.length === 1).flat()];
  const present = new Set<string>();
  for (const { type, key, values } of certain) if (type === "null" && !values.some(isTrue)) present.add(key);
  const accounts: string[] = [];
  const by = new Set<Pinned["by"]>();
  for (const ways of [...certain.map((one) => [one]), ...denied.filter((list) => list.length > 1)]) {
    const found = ways.map((one) => pin(one, present));
    // whoever is left meets one of them, and nobody knows which: all of them must name somebody
    if (found.includes(undefined)) continue;
    for (const one of found) accounts.push(...(one?.accounts ?? []));
    by.add(weakest(found.map((one) => one?.by)));
  }
  const unclear = [...certain, ...denied.flat()].some((one) => effectOf(one).effect === "unknown");
  return { by: order.find((one) => by.has(one)), accounts, unclear };
}

const order = ["caller", "source", "network", "address"] as const;
const weakest = (found: readonly Pinned["by"][]): Pinned["by"] => order.findLast((one) => found.includes(one));

/** What one comparison names of the caller; undefined when it leaves the caller open. */
function pin(comparison: Comparison, present: ReadonlySet<string>): Pick<Pinned, "by" | "accounts"> | undefined {
  const { effect, facet } = effectOf(comparison);
  if (effect !== "narrows" || (comparison.quantifier === "all" && !present.has(comparison.key))) return undefined;
  const accounts = namedBy(comparison);
  const by = facet === "caller" || facet === "source" || facet === "network" ? facet : "address";
  return accounts && { by, accounts };
}

/** What a Deny asks of everybody who still wants in: the opposite of one of its conditions. None when it asks nothing. */
function needs(deny: Statement, allow: Statement): Comparison[] {
  if (deny.effect !== "Deny" || !deny.principals || !isEverybody(deny.principals)) return [];
  if (!coversAllow(deny, allow)) return [];
  // "not of the organisation and not a service": whoever is left is one or the other
  const rest = deny.conditions.filter((one) => !sparesServices(one));
  const ways = rest.map((one) => negation([one]));
  return ways.every((one) => one !== undefined) ? ways : [];
}

/** Whether a condition of a Deny leaves out what services ask for, themselves or in somebody's name. */
const sparesServices = ({ key, type, values }: Comparison): boolean =>
  (key === "aws:principalisawsservice" || key === "aws:viaawsservice") &&
  type === "bool" &&
  !values.some((value) => isTrue(value));

/** Whether a Deny is about each action and each resource of an Allow. A policy without resources is about its own. */
function coversAllow(deny: Statement, allow: Statement): boolean {
  return coversActions(deny, allow) && coversResources(deny, allow);
}

/** Whether a Deny without condition, whose principals are as `about` wants them, takes from them all that an Allow gives. */
export const isDenied = (
  { statements }: Document,
  allow: Statement,
  about: (principals: Principals) => boolean,
): boolean =>
  statements.some(
    (deny) =>
      deny.effect === "Deny" &&
      deny.conditions.length === 0 &&
      deny.principals !== undefined &&
      about(deny.principals) &&
      coversAllow(deny, allow),
  );

/** Whether a statement with these principals is about everybody. */
export const isEverybody = ({ list, except }: Principals): boolean =>
  !except && list.some(({ type }) => type === "Any");

function coversActions(deny: Statement, allow: Statement): boolean {
  if (deny.exceptActions || allow.exceptActions) return false;
  return allCovered(lower(allow.actions), lower(deny.actions));
}

function coversResources(deny: Statement, allow: Statement): boolean {
  if (deny.resources.length === 0 || allow.resources.length === 0) return true;
  return !deny.exceptResources && !allow.exceptResources && allCovered(allow.resources, deny.resources);
}

/** A wildcard of an inner pattern is covered by a `*` only, which is never too much. */
function allCovered(inner: readonly string[], outer: readonly string[]): boolean {
  const texts = new Set(outer);
  const patterns = outer.filter((text) => /[*?]/.test(text)).map((text) => readGlob(text));
  return inner.every((text) => {
    if (texts.has(text)) return true;
    const glob = readGlob(text);
    return patterns.some((pattern) => covers(pattern.tokens, glob.tokens));
  });
}

const lower = (list: readonly string[]) => list.map((text) => text.toLowerCase());
