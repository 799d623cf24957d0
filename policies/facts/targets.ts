import type { Properties, Resource } from "../resource.ts";
import { isUnknown } from "./unknown.ts";

/** Finds resources by what others call them: id, ARN or name, or where an unknown value comes from. */
export interface Targets {
  /**
   * The resource that `value`, found in `property` of `from`, stands for. None when it is not of the stack; `unclear` when the
   * value is unknown and nothing tells where it comes from.
   */
  readonly find: (value: unknown, from: Resource, property: string) => Resource | "unclear" | undefined;
}

/** Makes resources findable. Of two with the same name the first counts. */
export function targetsAmong(resources: readonly Resource[]): Targets {
  const byIdentity = new Map<unknown, Resource>();
  for (const resource of resources) {
    for (const identity of identities(resource)) {
      if (!isUnknown(identity) && !byIdentity.has(identity)) byIdentity.set(identity, resource);
    }
  }
  return {
    find(value, from, property) {
      if (!isUnknown(value)) return byIdentity.get(value);
      const sources = from.dependencies?.[property];
      if (!sources) return "unclear";
      const made = (by: (resource: Resource) => unknown) =>
        resources.find((one) => sources.includes(by(one) as string));
      // what a component hands out may be recorded as coming from the component instead of the child that made it
      return made(({ urn, name }) => urn ?? name) ?? made(({ parent }) => parent) ?? "unclear";
    },
  };
}

const keys = ["id", "arn", "name", "bucket", "functionName", "invokeArn"];

const identities = ({ props, outputs }: { props: Properties; outputs?: Properties }): unknown[] =>
  keys.map((key) => outputs?.[key] ?? props[key]).filter(Boolean);
