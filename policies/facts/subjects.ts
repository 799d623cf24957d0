import type { Resource } from "../resource.ts";
import type { Found } from "../rule.ts";
import { UnknownValue } from "./unknown.ts";

/** Judges resources of a stack one by one: what `check` says, and what is unknown to it, is said about that resource. */
export function* about(
  resources: readonly Resource[],
  check: (resource: Resource) => Iterable<string>,
): Generator<Found> {
  for (const resource of resources) {
    try {
      for (const found of check(resource)) yield { found, resource };
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      yield { unknown: error, resource };
    }
  }
}
