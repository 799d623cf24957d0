import type { Resource } from "../resource.ts";

/** The components a resource lies in, its own parent first. The stack itself is none. */
export function pathOf({ parent }: Resource, resources: readonly Resource[]): Resource[] {
  const found: Resource[] = [];
  for (let next = parent; next !== undefined;) {
    const above = resources.find(({ urn, name, type }) => (urn ?? name) === next && isComponent(type));
    if (!above || found.includes(above)) break;
    found.push(above);
    next = above.parent;
  }
  return found;
}

/** The AWS provider's own resources have a path in their type. They are parents of nothing, but may share a component's name. */
const isComponent = (type: string) => !type.includes("/") && !type.startsWith("pulumi:");
