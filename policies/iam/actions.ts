import { catalogue, type Action, type Service } from "../data/catalogue.ts";
import { codes, covers, readGlob } from "./glob.ts";

/** A set of actions: their places in the catalogue, ascending. Never changed once made. */
export type ActionSet = Uint16Array;

export const noActions: ActionSet = new Uint16Array(0);
export const allActions: ActionSet = Uint16Array.from({ length: catalogue.size }, (_, id) => id);

const known = new Map<string, ActionSet>();

/** The actions that `pattern` (`*`, `service:Name`, `service:Get*`) covers, in any case; empty when AWS has none. */
export function expand(pattern: string): ActionSet {
  let set = known.get(pattern);
  if (set === undefined) {
    set = expanded(pattern.toLowerCase());
    if (known.size > 5000) known.clear();
    known.set(pattern, set);
  }
  return set;
}

function expanded(pattern: string): ActionSet {
  if (/^\*+$/.test(pattern)) return allActions;
  const colon = pattern.indexOf(":");
  if (colon < 0) return noActions;
  const name = pattern.slice(colon + 1);
  const found: number[] = [];
  const exact = !isPattern(name);
  const { tokens } = readGlob(name, { variables: false });
  for (const service of servicesIn(pattern.slice(0, colon))) {
    const action = exact ? service.byName.get(name) : undefined;
    if (action) found.push(action.id);
    if (exact) continue;
    for (const { id, letters } of service.actions) if (covers(tokens, letters)) found.push(id);
  }
  return Uint16Array.from(found);
}

/** The services that the part before the colon names, which may be a pattern. */
export function servicesIn(prefix: string): readonly Service[] {
  if (!isPattern(prefix)) {
    const service = catalogue.service(prefix);
    return service ? [service] : [];
  }
  const { tokens } = readGlob(prefix.toLowerCase(), { variables: false });
  return catalogue.services.filter((service) => covers(tokens, codes(service.prefix.toLowerCase())));
}

export const isPattern = (text: string): boolean => text.includes("*") || text.includes("?");

/** The actions that any of `patterns` covers. */
export const union = (patterns: readonly string[]): ActionSet => join(patterns.map(expand));

/** The actions in any of `sets`. */
export function join(sets: readonly ActionSet[]): ActionSet {
  const filled = sets.filter((set) => set.length > 0);
  if (filled.length <= 1) return filled[0] ?? noActions;
  if (filled.some((set) => set.length === catalogue.size)) return allActions;
  const all = new Uint16Array(filled.reduce((sum, set) => sum + set.length, 0));
  let end = 0;
  for (const set of filled) {
    all.set(set, end);
    end += set.length;
  }
  return all.sort().filter((id, at) => at === 0 || id !== all[at - 1]);
}

export const complement = (set: ActionSet): ActionSet => subtract(allActions, set);
export const subtract = (a: ActionSet, b: ActionSet): ActionSet => sift(a, b, false);
export const intersect = (a: ActionSet, b: ActionSet): ActionSet =>
  a.length <= b.length ? sift(a, b, true) : sift(b, a, true);

/** Those of `a` that are, or are not, in `b`. */
function sift(a: ActionSet, b: ActionSet, keep: boolean): ActionSet {
  if (b.length === 0) return keep ? b : a;
  if (b.length === catalogue.size) return keep ? a : noActions;
  if (a.length * 16 < b.length) return a.filter((id) => has(b, id) === keep);
  const left = new Uint16Array(a.length);
  let end = 0;
  let at = 0;
  for (let next = 0; next < a.length; next += 1) {
    const id = a[next] as number;
    while (at < b.length && (b[at] as number) < id) at += 1;
    if ((b[at] === id) === keep) left[end++] = id;
  }
  return left.slice(0, end);
}

export function has(set: ActionSet, id: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = set[middle] as number;
    if (found === id) return true;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The actions of a set, in the order of the catalogue. */
export function members(set: ActionSet): Action[] {
  const found = new Array<Action>(set.length);
  for (let at = 0; at < set.length; at += 1) found[at] = catalogue.action(set[at] as number);
  return found;
}
