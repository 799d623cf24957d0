import type { Action, ResourceType } from "../data/catalogue.ts";
import { has } from "./actions.ts";
import { fits } from "./nearby.ts";
import type { Grant } from "./permissions.ts";
import { narrowed, type Scope } from "./scope.ts";

/** One of the resources an action names, and what all grants together let through of it: undefined where that is not narrow. */
interface Part {
  readonly action: Action;
  held?: Scope | undefined;
}

/**
 * An action that names several resources, such as ec2:RunInstances, needs an Allow for each of them. A statement about some
 * gives no more than the others let through: who may start instances from every image, but only instances with a tag, may
 * start instances with that tag. Answers with the scope of what holds a grant's action, or undefined when nothing does.
 */
export function holders(
  grants: readonly Grant[],
  ask: (grant: Grant, part: Action) => Scope,
): (grant: Grant, action: Action) => Scope | undefined {
  const known = new Map<number, readonly Part[]>();
  const heldOf = ({ action }: Part): Scope | undefined => {
    const able = grants.filter(({ actions }) => has(actions, action.id));
    const found = able.map((one) => ask(one, action)).filter(({ reach }) => reach !== "none");
    return found.every(({ reach, effects }) => reach === "named" || narrowed(effects)) ? found[0] : undefined;
  };
  return (grant, action) => {
    if (grants.length < 2) return undefined;
    let asked = known.get(action.id);
    if (!asked) known.set(action.id, (asked = partsOf(action).map((part) => ({ action: part }))));
    for (const part of asked) {
      if (!leavesOut(grant, part.action)) continue;
      if (!("held" in part)) part.held = heldOf(part);
      if (part.held) return part.held;
    }
    return undefined;
  };
}

/** Whether a grant lists resources, and none of its patterns can mean what the action acts on. */
const leavesOut = ({ within }: Grant, action: Action): boolean =>
  within.some(({ globs, except }) => !except && !globs.some((glob) => fits(glob, action)));

const parts = new WeakMap<Action, readonly Action[]>();

/**
 * An action as it acts on each of several resources that all its requests name; empty when that is one, or none. Only EC2's requests
 * name all that the data calls required: to delete a listener is said to need listener/app, listener/gwy and listener/net, and takes one.
 */
function partsOf(action: Action): readonly Action[] {
  let found = parts.get(action);
  if (!found) {
    const needed = action.name.startsWith("ec2:") ? action.required : [];
    parts.set(action, (found = needed.length < 2 ? [] : needed.map((type) => partOf(action, type))));
  }
  return found;
}

const partOf = ({ id, name, level, letters, requiresResource }: Action, type: ResourceType): Action => ({
  id,
  name,
  level,
  letters,
  resources: [type],
  requiresResource,
  required: [type],
});
