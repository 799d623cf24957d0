import type { Published, Shift } from "../function/shift.ts";
import type { SlotShift } from "../service/slots.ts";
import { Rollout, type RolloutArgs } from "./rollout.ts";
import { SlotRollout, type SlotRolloutArgs } from "./slot-rollout.ts";

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

/** The shift of a service on Fargate named `name` by a `SlotRollout` named `<name>-rollout`. */
export function slotwise(name: string, args: Omit<SlotRolloutArgs, "site">): SlotShift {
  return {
    guard: (site, opts) => {
      const rollout = new SlotRollout(`${name}-rollout`, { ...args, site }, opts);
      // A record that is made anew must not name a revision that nobody runs.
      const hooks = { beforeCreate: [rollout.shift], beforeUpdate: [rollout.shift] };
      return { dependsOn: [rollout], hooks, alarmNames: rollout.alarmNames };
    },
  };
}
