import { allActions, complement, intersect, union } from "./actions.ts";
import { carriersOf } from "./carried-keys.ts";
import type { Fault } from "./check.ts";
import type { Comparison } from "./condition.ts";
import type { Statement } from "./document.ts";

/**
 * Comparisons of a key that the requests of none of the statement's actions carry: an Allow then never applies, or always, and a
 * Deny never. Says nothing of keys and actions that the data does not know.
 */
export function* uncarried({ effect, actions, exceptActions, conditions, label }: Statement): Generator<Fault> {
  for (const comparison of conditions) {
    const carriers = carriersOf(comparison.key);
    if (!carriers) continue;
    const named = union(actions);
    const about = exceptActions ? complement(named) : named;
    if (about.length === 0 || about.length === allActions.length || intersect(about, carriers).length > 0) continue;
    const what = told(effect, holdsWithout(comparison));
    if (!what) continue;
    const message = `${comparison.name} ${comparison.key} ${what}: no request for the statement's actions carries the key`;
    yield { statement: label, level: "advisory", message };
  }
}

/** Whether a comparison holds for a request that does not carry its key. */
const holdsWithout = ({ type, values, negated, ifExists, quantifier }: Comparison): boolean =>
  type === "null"
    ? values.some((value) => value.toLowerCase() === "true")
    : negated || ifExists || quantifier === "all";

function told(effect: Statement["effect"], holds: boolean): string | undefined {
  if (effect === "Allow") return holds ? "limits nothing" : "never holds";
  return holds ? undefined : "never refuses anything";
}
