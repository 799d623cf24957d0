import type { Context } from "./conditions.ts";

const kept = new Map<string, boolean>();

/** Whether a pattern, one piece a character (`*`, `?` or `=c`), matches a text: the two rules of wildcards and nothing else. */
export function like(pattern: readonly string[], text: string): boolean {
  const key = `${pattern.join("")}\n${text}`;
  let found = kept.get(key);
  if (found === undefined) {
    if (kept.size > 500_000) kept.clear();
    kept.set(key, (found = from(pattern, text, 0, 0)));
  }
  return found;
}

function from(pattern: readonly string[], text: string, p: number, t: number): boolean {
  const piece = pattern[p];
  if (piece === undefined) return t === text.length;
  if (piece === "*") return from(pattern, text, p + 1, t) || (t < text.length && from(pattern, text, p, t + 1));
  return t < text.length && (piece === "?" || piece === `=${text.charAt(t)}`) && from(pattern, text, p + 1, t + 1);
}

/**
 * A pattern taken apart, with the variables' values of one request in it: what they hold is text, also a `*`. Undefined when one has
 * neither a value nor a default.
 */
export function pieces(pattern: string, context: Context): string[] | undefined {
  const found: string[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const close = pattern.startsWith("${", at) ? pattern.indexOf("}", at) : -1;
    if (close < 0) {
      const char = pattern.charAt(at);
      found.push(char === "*" || char === "?" ? char : `=${char}`);
      continue;
    }
    const value = valueOf(pattern.slice(at + 2, close), context);
    if (value === undefined) return undefined;
    found.push(...[...value].map((char) => `=${char}`));
    at = close;
  }
  return found;
}

function valueOf(variable: string, context: Context): string | undefined {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const [key = "", standard] = variable.split(",");
  return context[key.trim().toLowerCase()]?.[0] ?? standard?.trim().slice(1, -1);
}
