import { leaksSecret } from "./secrets.ts";

/** How a found value appears in a message: a number, a truth value or a short plain word; anything else stays hidden. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value !== "string") return "set to a value of another kind";
  return isPlainWord(value) ? `"${value}"` : "set to a value not shown here";
}

// The words of AWS's own vocabularies, CIDR blocks and image references are made of these, and of no more than this many.
const isPlainWord = (value: string) => /^[\w.:/@*$-]{0,120}$/.test(value) && !leaksSecret(value);
