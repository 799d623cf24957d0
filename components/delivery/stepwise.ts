import type { Published, Shift } from "../function/shift.ts";
import { Rollout, type RolloutArgs } from "./rollout.ts";

/**
 * The shift of a function named `name` by a `Rollout` named `<name>-rollout`. Weights that a shift under way has set,
 * and the reason that a roll-back wrote down, are nobody's drift, so the alias ignores them.
 */
export function stepwise(name: string, args: Omit<RolloutArgs, keyof Published>): Shift {
  return {
    divides: (args.steps ?? [10, 50, 100]).length > 1,
    guard: (published, opts) => {
      const rollout = new Rollout(`${name}-rollout`, { ...args, ...published }, opts);
      return {
        dependsOn: [rollout],
        hooks: { beforeUpdate: [rollout.beforeUpdate] },
        ignoreChanges: ["routingConfig", "description"],
      };
    },
  };
}
