import { readOperator, type Operator } from "./operators.ts";

/** One comparison of a condition block: the statement applies when all its comparisons hold. */
export interface Comparison extends Operator {
  /** The operator as written. */
  readonly name: string;
  /** Condition key, lower case. */
  readonly key: string;
  /** Holds for any of these (negated: for none). Booleans and numbers as text. */
  readonly values: readonly string[];
}

/** Stands for a value that a template has yet to fill in: a name nobody knows. */
export const unresolved = "\u{e0ff}unresolved";

/** What AWS would refuse in a condition; `unresolved` when a template has yet to fill it in. */
export interface Problem {
  readonly message: string;
  readonly unresolved: boolean;
}

/** The comparisons of a `Condition` element, and what is wrong with it. */
export function readConditions(block: unknown): { comparisons: Comparison[]; problems: Problem[] } {
  const comparisons: Comparison[] = [];
  const problems: Problem[] = [];
  const refuse = (message: string, unresolved = false) => void problems.push({ message, unresolved });
  if (block === undefined) return { comparisons, problems };
  if (!isObject(block)) {
    refuse("Condition is no object");
    return { comparisons, problems };
  }
  for (const [name, pairs] of Object.entries(block)) {
    const operator = readOperator(name);
    if (!operator) refuse(`the condition operator ${clipped(name)} does not exist`);
    else if (!isObject(pairs)) refuse(`the condition operator ${name} holds no object`);
    else {
      for (const [key, raw] of Object.entries(pairs)) {
        const list = Array.isArray(raw) ? raw : [raw];
        const values = list.map((value) => (isScalar(value) ? String(value) : unresolved));
        if (!list.every(isScalar) || list.length === 0)
          refuse(`the values of ${clipped(key)} are no strings`, list.some(isObject));
        comparisons.push({ ...operator, name, key: key.trim().toLowerCase(), values });
      }
    }
  }
  return { comparisons, problems };
}

/**
 * What must hold for a Deny with these comparisons *not* to apply, when that is a single comparison: then it narrows what the
 * Deny covers. Several comparisons negate to an "or", which narrows nothing by itself.
 */
export function negation(comparisons: readonly Comparison[]): Comparison | undefined {
  const [only] = comparisons;
  if (!only || comparisons.length > 1) return undefined;
  const opposite = () => only.values.map((value) => (isTrue(value) ? "false" : "true"));
  if (only.type === "null") return { ...only, values: opposite() };
  if (only.type === "bool") return { ...only, values: opposite(), ifExists: !only.ifExists };
  if (only.comparison !== "equals" && only.comparison !== "like") return undefined;
  const quantifier = only.quantifier === "one" ? "one" : only.quantifier === "all" ? "any" : "all";
  return { ...only, negated: !only.negated, ifExists: false, quantifier };
}

const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
export const isTrue = (value: string): boolean => value.trim().toLowerCase() === "true";
/** The time a value names, in milliseconds: ISO 8601, or seconds since 1970. */
export const timeOf = (value: string): number => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value));
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** What a message may quote of a document: the beginning of a text, the type of anything else. */
export const clipped = (value: unknown): string =>
  typeof value !== "string" ? typeof value : JSON.stringify(value.length > 120 ? `${value.slice(0, 117)}...` : value);
