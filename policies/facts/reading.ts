import { isUnknown, UnknownValue } from "./unknown.ts";

/**
 * The value at `path` (`"loggingConfig.logGroup"`), undefined when absent. Throws UnknownValue when it, or what it lies in,
 * is not known yet: a rule that reads through these functions cannot mistake unknown for absent.
 */
export function read(from: unknown, path: string): unknown {
  let value = from;
  for (const key of path === "" ? [] : path.split(".")) {
    if (isUnknown(value)) throw new UnknownValue(path);
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (isUnknown(value)) throw new UnknownValue(path || "the value");
  return value ?? undefined;
}

/** The text at `path`; undefined when absent or of another kind. */
export function text(from: unknown, path = ""): string | undefined {
  const value = read(from, path);
  return typeof value === "string" ? value : undefined;
}

/** The truth value at `path`; undefined when absent. Takes the texts `"true"` and `"false"` as providers do. */
export function flag(from: unknown, path = ""): boolean | undefined {
  const value = read(from, path);
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : undefined;
}

/** The number at `path`; undefined when absent. Takes a number written as text as providers do. */
export function amount(from: unknown, path = ""): number | undefined {
  const value = read(from, path);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The list at `path`; a single value counts as a list of one, absence as the empty list. Items may be unknown. */
export function items(from: unknown, path = ""): readonly unknown[] {
  const value = read(from, path);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The texts in the list at `path`; throws UnknownValue when one of them is not known. */
export const texts = (from: unknown, path = ""): string[] =>
  items(from, path).flatMap((item) => {
    if (isUnknown(item)) throw new UnknownValue(path || "the list");
    return typeof item === "string" ? [item] : [];
  });

/** The keys and values of the object at `path`. Values may be unknown. */
export function entries(from: unknown, path = ""): [string, unknown][] {
  const value = read(from, path);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** The JSON document at `path`, given as text or already as an object; undefined when it is neither. */
export function json(from: unknown, path = ""): unknown {
  const value = read(from, path);
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
