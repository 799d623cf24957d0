import type { Action, ResourceType } from "../data/catalogue.ts";
import { has } from "./actions.ts";
import type { Grant } from "./permissions.ts";
import { narrowed, type Scope } from "./scope.ts";

/**
 * An action that names several resources, such as ec2:RunInstances, needs an Allow for each of them. A statement about some
 * gives no more than the others let through: who may start instances from every image, but only instances with a tag, may
 * start instances with that tag. Answers with the scope of what holds it, or undefined when nothing does.
 */
export function heldBy(
  grant: Grant,
  action: Action,
  grants: readonly Grant[],
  ask: (grant: Grant, part: Action) => Scope,
): Scope | undefined {
  const needed = action.required;
  if (needed.length < 2) return undefined;
  const others = grants.filter((one) => one !== grant && has(one.actions, action.id));
  if (others.length === 0) return undefined;
  for (const type of needed) {
    const part = partOf(action, type);
    if (ask(grant, part).reach !== "none") continue;
    const found = others.map((one) => ask(one, part)).filter(({ reach }) => reach !== "none");
    const [first] = found;
    if (first && found.every(({ reach, effects }) => reach === "named" || narrowed(effects))) return first;
  }
  return undefined;
}

/** An action as it acts on one kind of thing. */
const partOf = ({ id, name, level, letters, requiresResource }: Action, type: ResourceType): Action => ({
  id,
  name,
  level,
  letters,
  resources: [type],
  requiresResource,
  required: [type],
});
