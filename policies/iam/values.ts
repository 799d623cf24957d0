import { catalogue } from "../data/catalogue.ts";
import { witness, type Budget } from "./automaton.ts";
import { isTrue, timeOf, type Comparison } from "./condition.ts";
import { any, part, partAny, readGlob, star, type Glob } from "./glob.ts";
import { readRange, type Range } from "./addresses.ts";

/** What one value of a key makes of comparisons of it: for each, whether the value is among those it lists. */
export type Value = readonly boolean[];

/**
 * One value for each way in which a value can answer comparisons of one type; undefined when that is not modelled: with policy
 * variables, values that are none of the type, or too many patterns.
 */
export function valuesFor(comparisons: readonly Comparison[], budget: Budget): Value[] | undefined {
  const [first] = comparisons;
  switch (first?.type) {
    case "bool":
      return [true, false].map((value) => comparisons.map((one) => one.values.some((text) => isTrue(text) === value)));
    case "numeric":
      return amounts(comparisons, (text) => (text.trim() === "" ? Number.NaN : Number(text)));
    case "date":
      return amounts(comparisons, timeOf, Date.parse(catalogue.date));
    case "ip":
      return addresses(comparisons);
    case "string":
    case "arn":
      return texts(comparisons, budget);
    default:
      return undefined;
  }
}

/** Each number that is compared with, one between any two, and one beyond either end. None is less than `least`: time does not go back. */
function amounts(
  comparisons: readonly Comparison[],
  read: (text: string) => number,
  least = -Infinity,
): Value[] | undefined {
  const limits = comparisons.map((one) => one.values.map(read));
  const sorted = [...new Set(limits.flat())].sort((a, b) => a - b);
  if (sorted.some(Number.isNaN)) return undefined;
  const between = sorted.slice(1).map((value, at) => (value + (sorted[at] as number)) / 2);
  const all = [...sorted, ...between, (sorted[0] ?? 0) - 1, (sorted.at(-1) ?? 0) + 1];
  return [...all.filter((value) => value > least), ...(least > -Infinity ? [least] : [])].map((value) =>
    comparisons.map((one, at) => (limits[at] as number[]).some((limit) => compares(one, value, limit))),
  );
}

function compares({ comparison }: Comparison, value: number, limit: number): boolean {
  if (comparison === "less") return value < limit;
  if (comparison === "lessEquals") return value <= limit;
  if (comparison === "greater") return value > limit;
  return comparison === "greaterEquals" ? value >= limit : value === limit;
}

/** What an address answers changes only where a range begins or has ended. */
function addresses(comparisons: readonly Comparison[]): Value[] | undefined {
  const ranges = comparisons.map((one) => one.values.map(readRange));
  const all: Range[] = [];
  for (const range of ranges.flat()) if (range) all.push(range);
  if (all.length < ranges.flat().length) return undefined;
  const points = ([32, 128] as const).flatMap((bits) => {
    const own = all.filter((range) => range.bits === bits);
    const found = new Set([0n, ...own.flatMap(({ first, last }) => [first, last + 1n])]);
    return [...found].filter((value) => value < 1n << BigInt(bits)).map((value) => ({ bits, value }));
  });
  return points.map(({ bits, value }) =>
    ranges.map((list) => list.some((range) => range?.bits === bits && range.first <= value && value <= range.last)),
  );
}

/** How many patterns of one key are compared, and what that may cost: patterns of different beginnings cost next to nothing. */
const maxPatterns = 200;
const maxSteps = 2_000_000;

/** What was found out about lists of comparisons: the same conditions stand in many statements. */
const known = new Map<string, Value[] | undefined>();

function texts(comparisons: readonly Comparison[], budget: Budget): Value[] | undefined {
  const key = JSON.stringify(
    comparisons.map(({ type, comparison, ignoreCase, values }) => [type, comparison, ignoreCase, values]),
  );
  if (!known.has(key)) {
    if (known.size > 1000) known.clear();
    known.set(key, toldApart(comparisons, budget));
  }
  return known.get(key);
}

/** Texts that are told apart by the patterns of some comparisons. */
function toldApart(comparisons: readonly Comparison[], budget: Budget): Value[] | undefined {
  const [first] = comparisons as [Comparison];
  if (comparisons.some(({ ignoreCase }) => ignoreCase !== first.ignoreCase)) return undefined;
  const globs: Glob[] = [];
  const places = new Map<string, number>();
  const lists: number[][] = [];
  for (const one of comparisons) {
    const list: number[] = [];
    for (const value of one.values) {
      const glob = patternOf(one, first.ignoreCase ? value.toLowerCase() : value);
      if (!glob || glob.variables) return undefined;
      const key = glob.tokens.join();
      if (!places.has(key)) places.set(key, globs.push(glob) - 1);
      list.push(places.get(key) as number);
    }
    lists.push(list);
  }
  if (globs.length > maxPatterns) return undefined;
  const found = new Map<string, Value>();
  const note = (covered: readonly boolean[]) => {
    const value = lists.map((list) => list.some((at) => covered[at]));
    found.set(value.join(), value);
    return false;
  };
  if (globs.every(({ tokens }) => tokens.every((token) => token >= 0))) {
    // plain texts: each of them, and any other
    for (const [at] of globs.entries()) note(globs.map((_, other) => other === at));
    note([]);
    return [...found.values()];
  }
  const left = { steps: maxSteps };
  const answer = witness(globs, 0, note, left);
  budget.steps -= maxSteps - left.steps;
  return answer.found === undefined && answer.undecided ? undefined : [...found.values()];
}

/** Without `like`, `*` and `?` are characters. A wildcard in one of the first five parts of an ARN stays in it. */
function patternOf({ type, comparison }: Comparison, text: string): Glob | undefined {
  if (comparison !== "like") {
    return readGlob(text.replaceAll(/\$\{[*?$]\}|[*?]/g, (found) => (found.length > 1 ? found : `\${${found}}`)));
  }
  const glob = readGlob(text);
  if (type !== "arn") return glob;
  let colons = 0;
  const tokens = glob.tokens.map((token) => {
    if (token === 58) colons += 1;
    if (colons > 4) return token;
    return token === star ? part : token === any ? partAny : token;
  });
  return colons < 5 ? undefined : { ...glob, tokens };
}
