import { catalogue, type Action, type Service } from "../data/catalogue.ts";
import { codes, covers, readGlob } from "./glob.ts";

/** A set of actions: one bit for each action of the catalogue. */
export type ActionSet = Uint32Array;

const words = Math.ceil(catalogue.size / 32);
const known = new Map<string, ActionSet>();

export const noActions = (): ActionSet => new Uint32Array(words);
export const allActions = (): ActionSet => complement(noActions());

/** The actions that `pattern` (`*`, `service:Name`, `service:Get*`) covers, in any case; empty when AWS has none. */
export function expand(pattern: string): ActionSet {
  const key = pattern.toLowerCase();
  let set = known.get(key);
  if (set === undefined) {
    set = expanded(key);
    if (known.size > 5000) known.clear();
    known.set(key, set);
  }
  return set;
}

function expanded(pattern: string): ActionSet {
  const set = noActions();
  if (/^\*+$/.test(pattern)) return allActions();
  const colon = pattern.indexOf(":");
  if (colon < 0) return set;
  const name = pattern.slice(colon + 1);
  for (const service of servicesIn(pattern.slice(0, colon))) {
    if (!/[*?]/.test(name)) {
      const action = service.byName.get(name);
      if (action) add(set, action.id);
      continue;
    }
    const { tokens } = readGlob(name, { variables: false });
    for (const [lower, { id }] of service.byName) if (covers(tokens, codes(lower))) add(set, id);
  }
  return set;
}

/** The services that the part before the colon names, which may be a pattern. */
export function servicesIn(prefix: string): readonly Service[] {
  if (!/[*?]/.test(prefix)) {
    const service = catalogue.service(prefix);
    return service ? [service] : [];
  }
  const { tokens } = readGlob(prefix.toLowerCase(), { variables: false });
  return catalogue.services.filter((service) => covers(tokens, codes(service.prefix.toLowerCase())));
}

/** The actions that any of `patterns` covers. */
export function union(patterns: readonly string[]): ActionSet {
  const set = noActions();
  for (const pattern of patterns) expand(pattern).forEach((word, at) => (set[at] = (set[at] as number) | word));
  return set;
}

export function complement(set: ActionSet): ActionSet {
  const out = set.map((word) => ~word);
  const spare = words * 32 - catalogue.size;
  if (spare > 0) out[words - 1] = (out[words - 1] as number) & (0xffffffff >>> spare);
  return out;
}

export const intersect = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, at) => word & (b[at] as number));
export const subtract = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, at) => word & ~(b[at] as number));
export const isEmpty = (set: ActionSet): boolean => set.every((word) => word === 0);
export const has = (set: ActionSet, id: number): boolean => (((set[id >>> 5] as number) >>> (id & 31)) & 1) === 1;

export function add(set: ActionSet, id: number): void {
  set[id >>> 5] = (set[id >>> 5] as number) | (1 << (id & 31));
}

export function count(set: ActionSet): number {
  let sum = 0;
  for (let word of set) for (; word !== 0; word &= word - 1) sum += 1;
  return sum;
}

/** The places of the actions in a set, ascending. */
export function* ids(set: ActionSet): Generator<number> {
  for (let at = 0; at < set.length; at += 1) {
    for (let word = set[at] as number; word !== 0; word &= word - 1) yield at * 32 + (31 - Math.clz32(word & -word));
  }
}

export function* members(set: ActionSet): Generator<Action> {
  for (const id of ids(set)) yield catalogue.action(id);
}
