import { catalogue } from "../data/catalogue.ts";
import type { ActionSet } from "./actions.ts";
import type { Denial } from "./permissions.ts";

/** Actions by the things, such as Denies, that are about them. */
export interface Groups<T> {
  /** The group of an action. */
  readonly of: (action: number) => number;
  /** What each group's actions have in common; those of the first have nothing. */
  readonly lists: readonly (readonly T[])[];
}

export type DenialGroups = Groups<Denial>;

/** Groups all actions. Each of `all` splits the groups it touches, so the work is the sum of their sizes. */
export function grouped<T extends { readonly actions: ActionSet }>(all: readonly T[]): Groups<T> {
  const groups = new Uint16Array(all.length === 0 ? 0 : catalogue.size);
  const lists: T[][] = [[]];
  for (const one of all) {
    const split = new Map<number, number>();
    for (const action of one.actions) {
      const before = groups[action] as number;
      let after = split.get(before);
      if (after === undefined) {
        after = lists.push([...(lists[before] as T[]), one]) - 1;
        split.set(before, after);
      }
      groups[action] = after;
    }
  }
  return { of: (action) => groups[action] ?? 0, lists };
}
