import type { Budget } from "./automaton.ts";
import { isTrue, type Comparison } from "./condition.ts";
import { keyFacts } from "./keys.ts";
import { valuesFor, type Value } from "./values.ts";

/** What a kind of request makes of comparisons: for each, whether it holds. */
export interface Way {
  readonly holds: readonly boolean[];
  /** Whether such a request surely exists. */
  readonly sure: boolean;
}

/** Each way in which a request can answer comparisons of one key, by a value, by several or by none. */
export function waysOf(
  key: string,
  comparisons: readonly Comparison[],
  keys: ReadonlySet<string>,
  budget: Budget,
): Way[] | undefined {
  const { always, multiple, facet } = keyFacts(key);
  const absent: Way[] = always ? [] : [{ holds: comparisons.map(withoutKey), sure: true }];
  const compared = comparisons.filter(({ type }) => type !== "null");
  const several = (multiple || facet === "unknown") && compared.some(({ quantifier }) => quantifier !== "one");
  const mixed = several && compared.some(({ quantifier }) => quantifier === "one");
  const ofOneType = compared.every(({ type }) => type === compared[0]?.type);
  const values = compared.length === 0 ? [[]] : mixed || !ofOneType ? undefined : valuesFor(compared, budget);
  const sets = values && (several ? setsOf(values, compared.length) : values.map((one) => [one]));
  if (!sets) return guesses(comparisons, absent, keys);
  const present = sets.map((set): Way => {
    let at = 0;
    return {
      holds: comparisons.map((one) => (one.type === "null" ? one.values.some(isFalse) : answers(one, set, at++))),
      sure: true,
    };
  });
  return [...absent, ...present];
}

const isFalse = (value: string) => !isTrue(value);

const withoutKey = ({ type, values, ifExists, negated, quantifier }: Comparison): boolean =>
  type === "null" ? values.some(isTrue) : ifExists || quantifier === "all" || (negated && quantifier === "one");

function answers({ negated, quantifier }: Comparison, set: readonly Value[], at: number): boolean {
  const one = (value: Value) => value[at] !== negated;
  return quantifier === "all" ? set.every(one) : set.some(one);
}

/** How many sets of values of one key are tried. */
const maxSets = 2000;

/** Sets with as many values as there are comparisons: more tell nothing that these do not. */
function setsOf(values: readonly Value[], most: number): Value[][] | undefined {
  let sets: Value[][] = [[]];
  const all: Value[][] = [];
  for (let size = 1; size <= Math.min(most, values.length); size += 1) {
    sets = sets.flatMap((set) => values.slice(values.indexOf(set.at(-1) as Value) + 1).map((one) => [...set, one]));
    all.push(...sets);
    if (all.length > maxSets) return undefined;
  }
  return all;
}

/** How many different comparisons of a key that is not modelled may each hold or not. */
const maxGuessed = 8;

/**
 * Comparisons whose values are not understood: each may hold or not, those that say the same alike. Sure is what no key says, and
 * that a single one with policy variables is met by some requests and not by others.
 */
function guesses(
  comparisons: readonly Comparison[],
  absent: readonly Way[],
  keys: ReadonlySet<string>,
): Way[] | undefined {
  const said = comparisons.map((one) => `${one.name.toLowerCase()}\0${[...one.values].sort().join("\0")}`);
  const different = [...new Set(said)];
  if (different.length > maxGuessed) return undefined;
  const sure = different.length === 1 && comparisons.every((one) => isFree(one, keys));
  const ways = Array.from({ length: 2 ** different.length }, (_, number): Way => {
    const holds = said.map((one) => ((number >> different.indexOf(one)) & 1) === 1);
    return { holds, sure };
  });
  return [...absent, ...ways];
}

/** Whether a text is compared with policy variables whose values no other comparison is about. */
const isFree = ({ type, values }: Comparison, keys: ReadonlySet<string>): boolean =>
  type === "string" &&
  values.every((value) => value.includes("${") && ![...keys].some((key) => value.toLowerCase().includes(key)));
