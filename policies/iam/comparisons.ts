import { catalogue } from "../data/catalogue.ts";
import { has } from "./actions.ts";
import { carriersOf } from "./carried-keys.ts";
import { isTrue, timeOf, type Comparison } from "./condition.ts";
import { codes, covers, readGlob } from "./glob.ts";
import type { Facet, Key } from "../data/condition-keys.ts";
import { keyFacts } from "./keys.ts";
import { bared, leftOpen } from "./nameless.ts";
import { isWide } from "./ranges.ts";

/**
 * What a comparison takes from an Allow: nothing (`none`), everything (`never` met), the keys it names but not all
 * (`excludes`), or what its facet says (`narrows`). `unknown` is a key that is not modelled.
 */
export interface Effect {
  readonly effect: "none" | "never" | "excludes" | "narrows" | "unknown";
  readonly facet: Facet;
  /** Why it takes nothing or everything, when that is not what its author meant. */
  readonly flaw?: string;
  /** Whether the flaw does no harm by itself, where something else names what is meant. */
  readonly mild?: boolean;
  /** Whether it takes something from an action; undefined for all. */
  readonly takesFrom?: (action: number) => boolean;
}

/**
 * Judges the comparisons of an Allow together: `ForAllValues` also holds where the key is absent, and limits something only beside
 * a `Null` that asks for the key, or for actions whose requests all carry it.
 */
export function effectsOf(comparisons: readonly Comparison[]): Effect[] {
  const asked = (key: string) =>
    comparisons.some((one) => one.type === "null" && one.key === key && !one.values.some(isTrue));
  return comparisons.map((one) => {
    const present = one.quantifier === "all" && asked(one.key);
    const effect = effectOf(one, present);
    if (effect.effect === "narrows" && one.key.startsWith("aws:requesttag/")) return { ...effect, takesFrom: creates };
    if (one.quantifier !== "all" || effect.effect !== "narrows" || present) return effect;
    const carriers = carriersOf(one.key);
    return carriers ? { ...effect, takesFrom: (action) => has(carriers, action) } : { ...effect, effect: "none" };
  });
}

/** Whether tags in the request are those of something new: whoever tags what is there, or a session, chooses them freely. */
function creates(id: number): boolean {
  const { name } = catalogue.action(id);
  return !name.includes("Tag") && !name.startsWith("sts:");
}

/** What comparisons take from one action. */
export const takenFrom = (effects: readonly Effect[], action: number): readonly Effect[] =>
  effects.some(({ takesFrom }) => takesFrom)
    ? effects.map((one) => (one.takesFrom && !one.takesFrom(action) ? { ...one, effect: "none" as const } : one))
    : effects;

/** Judges one comparison of an Allow, `present` when another one asks for its key. */
export function effectOf(comparison: Comparison, present = false): Effect {
  const facts = keyFacts(comparison.key);
  const { facet, always, multiple } = facts;
  const none = (flaw?: string): Effect => ({ effect: "none", facet, ...(flaw && { flaw }) });
  const never = (flaw: string): Effect => ({ effect: "never", facet, flaw });
  const values = comparison.values;
  if (values.length === 0) return never("it has no values");
  if (comparison.type === "null") {
    if (values.some(isTrue)) return always ? never("the key is always there") : { effect: "excludes", facet };
    return { effect: facet === "unknown" ? "unknown" : facts.presence && !always ? "narrows" : "none", facet };
  }
  if (comparison.quantifier === "all" && !present && facet === "unknown") return none();
  if (comparison.quantifier === "all" && !multiple && facet !== "unknown" && !always && !comparison.negated) {
    return none("ForAllValues also holds when the key is absent: compare without it");
  }
  if (comparison.ifExists && !always && !comparison.negated) {
    return none("IfExists also holds when the key is absent: compare without it");
  }
  if (comparison.negated) return negated(comparison, facet);
  if (naming.has(facet) || comparison.key === "sts:externalid") {
    if (values.every((value) => value.trim() === "")) return never("the value is empty: it names nobody");
  }
  if (comparison.type === "bool") return bool(comparison, facet);
  if (comparison.type === "date") return date(comparison, facet);
  const open = values.find((value) => isOpen(comparison, value));
  if (comparison.type === "ip" && isWide(values)) return none("the ranges hold more addresses than anybody has");
  // a new resource must carry the tag, whatever its value: what the creator may then touch hangs on it
  if (open !== undefined && comparison.key.startsWith("aws:requesttag/")) return { effect: "narrows", facet };
  // a tag of what is there: it must be there, which is no harm beside a condition that says more, and no scope alone
  if (open !== undefined && facet === "resource")
    return {
      ...none(`the value ${JSON.stringify(open)} holds for whatever has the tag: name what is meant`),
      mild: true,
    };
  if (open !== undefined) return none(`the value ${JSON.stringify(open)} holds for everything: name what is meant`);
  const bare = values.find((value) => isBare(comparison, value, facts));
  if (bare !== undefined) {
    return { ...none(`the value ${JSON.stringify(bare)} names none of what there is: name what is meant`), mild: true };
  }
  if (values.every((value) => isLiteralStar(comparison, value))) {
    return never(`${comparison.name} takes * and ? as plain characters: use StringLike`);
  }
  return { effect: facet === "unknown" ? "unknown" : "narrows", facet };
}

/** Facets whose values are names, never empty ones. */
const naming: ReadonlySet<Facet> = new Set(["caller", "source", "network", "claim"]);

function negated({ values, comparison, name }: Comparison, facet: Facet): Effect {
  if (comparison === "like" && values.some((value) => /^\*+$/.test(value))) {
    return { effect: "never", facet, flaw: `${name} "*" excludes everything` };
  }
  return { effect: "excludes", facet };
}

function bool({ values, key, ifExists }: Comparison, facet: Facet): Effect {
  const [yes, no] = [values.some(isTrue), values.some((value) => !isTrue(value))];
  if (yes && no) return { effect: "none", facet, flaw: "it holds for true and for false" };
  if (no && key === "aws:multifactorauthpresent")
    return { effect: "none", facet, flaw: "it asks for calls without MFA" };
  if (no && key === "aws:securetransport") return { effect: "none", facet, flaw: "it asks for calls without TLS" };
  if (no || ifExists) return { effect: facet === "unknown" ? "unknown" : "excludes", facet };
  return { effect: facet === "unknown" ? "unknown" : "narrows", facet };
}

/** Dates are compared with the day of the data, so that the same document always gets the same answer. */
function date({ values, comparison }: Comparison, facet: Facet): Effect {
  const now = Date.parse(catalogue.date);
  const times = values.map(timeOf);
  if (times.some(Number.isNaN)) return { effect: "never", facet, flaw: "it compares with something that is no date" };
  if (comparison.startsWith("less") && times.every((time) => time < now)) {
    return { effect: "never", facet, flaw: "the date has passed" };
  }
  if (comparison.startsWith("greater") && times.some((time) => time < now)) return { effect: "none", facet };
  return { effect: "narrows", facet };
}

/** Whether a value holds for every request that carries the key. */
function isOpen({ type, comparison, key }: Comparison, value: string): boolean {
  if (type === "ip") return value.includes("*");
  // a key compared with itself
  if (value.toLowerCase() === `\${${key}}`) return true;
  if (comparison !== "like") return false;
  if (type === "string")
    return covers(readGlob(value).tokens, fresh) && covers(readGlob(value).tokens, fresh.slice(0, 1));
  return covers(readGlob(value).tokens, freshArn);
}

/** Whether a pattern says no more than the form of the key's values does. */
function isBare({ comparison }: Comparison, value: string, { forms, perAccount }: Key): boolean {
  const bare = comparison === "like" && !value.includes("${") ? bared(value) : undefined;
  if (!bare) return false;
  return [anyText, ...forms].some((form) => {
    const open = leftOpen(bare, form);
    return open === "any" || (open === "account" && perAccount);
  });
}

const anyText = "${Text}";

const isLiteralStar = ({ type, comparison }: Comparison, value: string): boolean =>
  type === "string" && comparison === "equals" && readGlob(value).tokens.some((token) => token < 0);

/** Characters that no document names, so only wildcards cover them. */
const fresh = [0xe000, 0xe001, 0xe002];
const freshArn = [...codes("arn:aws"), ...[1, 2, 3, 4].flatMap(() => [58, ...fresh])];
