import type { Action } from "../data/catalogue.ts";
import { codes, type Glob } from "./glob.ts";
import type { Effect } from "./comparisons.ts";
import { given, type Denial, type Grant } from "./permissions.ts";

/**
 * How much of what an action can touch a grant reaches: nothing, resources it names (exactly or by a part of the name), every
 * resource of a kind in one account, or every one there is.
 */
export type Reach = "none" | "named" | "account" | "any";

export interface Scope {
  readonly reach: Reach;
  /** What its conditions take from it, for the widest reach. */
  readonly effects: readonly Effect[];
}

/** A name that no document can mean, so that only a wildcard covers it. */
const stranger = [0xe000, 0xe001, 0xe002, 0xe003, 0xe004, 0xe005, 0xe006, 0xe007];
const strangers = Array.from({ length: 6 }, () => stranger).flat();

/** How far `grant` reaches for `action`. */
export function scopeOf(grant: Grant, denials: readonly Denial[], action: Action): Scope {
  const templates = action.resources.length > 0 ? action.resources.map(({ arn }) => arn) : ["*"];
  const globs = grant.within.flatMap((set) => (set.except ? [] : set.globs));
  let named: readonly Effect[] | undefined;
  let account: readonly Effect[] | undefined;
  for (const [place, glob] of (globs.length > 0 ? globs : [undefined]).entries()) {
    if (place > 200) break;
    for (const template of templates) {
      const any = given(grant, denials, action.id, probe(template, glob, true));
      if (any) return { reach: "any", effects: any.effects };
      account ??= given(grant, denials, action.id, probe(template, glob, false))?.effects;
    }
    if (glob && named === undefined) named = given(grant, denials, action.id, example(glob))?.effects;
  }
  if (account) return { reach: "account", effects: account };
  return named ? { reach: "named", effects: named } : { reach: "none", effects: [] };
}

/**
 * An ARN of the template with names nobody knows, in the partition and region of the pattern, and in its account or in a
 * stranger's.
 */
function probe(template: string, glob: Glob | undefined, anyAccount: boolean): number[] {
  if (template === "*") return strangers;
  const parts = glob ? glob.text.split(":", 5) : [];
  const plain = (part: string | undefined) =>
    part !== undefined && part !== "" && !part.includes("*") && !part.includes("?") ? codes(part) : undefined;
  const out: number[] = [];
  for (let at = 0; at < template.length; at += 1) {
    const close = template[at] === "$" && template[at + 1] === "{" ? template.indexOf("}", at) : -1;
    if (close < 0) {
      out.push(template.charCodeAt(at));
      continue;
    }
    const name = template.slice(at + 2, close);
    if (name === "Partition") out.push(...(plain(parts[1]) ?? codes("aws")));
    else if (name === "Region") out.push(...(plain(parts[3]) ?? stranger));
    else if (name === "Account") out.push(...((!anyAccount && plain(parts[4])) || stranger));
    else out.push(...strangers);
    at = close;
  }
  return out;
}

/** A resource in the pattern: its wildcards filled with strangers. */
export const example = ({ tokens }: Glob): number[] =>
  tokens.flatMap((token) => (token === -1 ? strangers : token === -2 ? stranger.slice(0, 1) : [token]));

/** Whether conditions hold the reach to what they name: tags, namespaces, the service a role is passed to. */
export const narrowed = (effects: readonly Effect[]): boolean =>
  effects.some(({ effect, facet }) => effect === "narrows" && (facet === "resource" || facet === "request"));

/** Whether a condition is there whose key is not modelled. */
export const unclear = (effects: readonly Effect[]): boolean => effects.some(({ effect }) => effect === "unknown");
