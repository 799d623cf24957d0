import { catalogue } from "../data/catalogue.ts";
import type { Denial } from "./permissions.ts";

/** Actions by the Denies that are about them. */
export interface DenialGroups {
  /** The group of an action. */
  readonly of: (action: number) => number;
  /** The Denies of each group; those of the first are none. */
  readonly lists: readonly (readonly Denial[])[];
}

/** Groups all actions. Each Deny splits the groups it touches, so the work is the sum of their sizes. */
export function denialGroups(denials: readonly Denial[]): DenialGroups {
  const groups = new Uint16Array(denials.length === 0 ? 0 : catalogue.size);
  const lists: Denial[][] = [[]];
  for (const denial of denials) {
    const split = new Map<number, number>();
    for (const action of denial.actions) {
      const before = groups[action] as number;
      let after = split.get(before);
      if (after === undefined) {
        after = lists.push([...(lists[before] as Denial[]), denial]) - 1;
        split.set(before, after);
      }
      groups[action] = after;
    }
  }
  return { of: (action) => groups[action] ?? 0, lists };
}
