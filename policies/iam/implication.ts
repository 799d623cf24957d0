import { isWithin } from "./automaton.ts";
import { isTrue, timeOf, type Comparison } from "./condition.ts";
import { readGlob } from "./glob.ts";
import { keyFacts } from "./keys.ts";

/** Whether requests that meet all of `inner` meet all of `outer`; undefined when that cannot be decided. */
export function implies(inner: readonly Comparison[], outer: readonly Comparison[]): boolean | undefined {
  let all: boolean | undefined = true;
  for (const one of outer) {
    const found = impliedBy(inner, one);
    if (found === false) return false;
    if (found === undefined) all = undefined;
  }
  return all;
}

/** Whether one of `inner`, each of which holds, makes `outer` hold. */
function impliedBy(inner: readonly Comparison[], outer: Comparison): boolean | undefined {
  let best: boolean | undefined = false;
  for (const one of inner) {
    if (one.key !== outer.key) continue;
    const found = impliesOne(one, outer);
    if (found) return true;
    if (found === undefined) best = undefined;
  }
  return best;
}

function impliesOne(a: Comparison, b: Comparison): boolean | undefined {
  if (same(a, b)) return true;
  if (b.type === "null" && !b.values.some(isTrue)) return demandsKey(a) ? true : undefined;
  if (a.type !== b.type || a.quantifier !== b.quantifier || a.negated !== b.negated) return undefined;
  if (a.ifExists && !b.ifExists && !keyFacts(a.key).always && !a.negated) return false;
  if (a.type === "string" || a.type === "arn") return texts(a, b);
  if (a.type === "numeric" || a.type === "date") return amounts(a, b);
  if (a.type === "bool" || a.type === "null")
    return a.values.every((value) => b.values.some((other) => isTrue(value) === isTrue(other)));
  const [some, all] = a.negated ? [b, a] : [a, b];
  return some.values.every((value) => all.values.includes(value)) ? true : undefined;
}

const same = (a: Comparison, b: Comparison): boolean =>
  a.name.toLowerCase() === b.name.toLowerCase() && a.values.join("\0") === b.values.join("\0");

/** Whether a comparison fails when the key is absent. */
const demandsKey = ({ ifExists, negated, quantifier, type }: Comparison): boolean =>
  !ifExists && !negated && quantifier !== "all" && type !== "null";

/** Values that hold in the one also hold in the other; of negated comparisons the stricter one lists more. */
function texts(a: Comparison, b: Comparison): boolean | undefined {
  if (a.ignoreCase !== b.ignoreCase && !(b.ignoreCase && !a.negated)) return undefined;
  const [some, all] = a.negated ? [b, a] : [a, b];
  let decided: boolean | undefined = true;
  for (const value of some.values) {
    const found = all.values.map((other) => covered(value, some, other, all));
    if (found.includes(true)) continue;
    if (!found.includes(undefined)) return false;
    decided = undefined;
  }
  return decided;
}

function covered(value: string, a: Comparison, other: string, b: Comparison): boolean | undefined {
  const fold = (text: string, ignore: boolean) => (ignore ? text.toLowerCase() : text);
  const ignore = a.ignoreCase || b.ignoreCase;
  return isWithin(pattern(fold(value, ignore), a), pattern(fold(other, ignore), b));
}

/** Without `like`, `*` and `?` are characters. */
const pattern = (text: string, { comparison }: Comparison) =>
  readGlob(comparison === "like" ? text : text.replaceAll(/[*?]/g, (char) => `\${${char}}`));

function amounts(a: Comparison, b: Comparison): boolean | undefined {
  const read = a.type === "date" ? timeOf : Number;
  const [left, right] = [a.values.map(read), b.values.map(read)];
  if ([...left, ...right].some(Number.isNaN)) return undefined;
  if (a.comparison === "equals" && b.comparison === "equals") {
    return a.negated ? right.every((value) => left.includes(value)) : left.every((value) => right.includes(value));
  }
  if (a.comparison !== b.comparison) return undefined;
  // several values are alternatives, so the widest counts
  if (a.comparison.startsWith("less")) return Math.max(...left) <= Math.max(...right);
  return Math.min(...left) >= Math.min(...right);
}
