import { catalogue } from "../data/catalogue.ts";
import { isUnknown, mayName, names } from "./action-names.ts";
import { byAsker } from "./askers.ts";
import type { Budget } from "./automaton.ts";
import { uncovered } from "./inclusion.ts";
import type { Statement } from "./document.ts";
import type { Grant, Permissions } from "./permissions.ts";

/** Names and patterns of actions that some documents have and the data has not. */
function unknownActions(...all: readonly Permissions[]): Set<string> {
  const found = new Set<string>();
  for (const { grants, denials, whole } of all)
    for (const { actions } of [
      ...grants.flatMap(({ about }) => about),
      ...[...denials, ...whole].map(({ statement }) => statement),
    ])
      for (const name of actions) if (isUnknown(name)) found.add(name.toLowerCase());
  return found;
}

/** How many such names two documents may have. */
const maxUnknown = 40;

/** Grants of which it is not sure that the bound gives what they give of actions nobody knows, and why. */
export function* strangers(
  inner: Permissions,
  bound: Permissions,
  budget: Budget,
): Generator<{ grant: Grant; reason: string }> {
  const unknown = [...unknownActions(inner, bound)];
  const [first] = inner.grants;
  if (unknown.length > maxUnknown && first)
    yield { grant: first, reason: `the data of ${catalogue.date} knows ${unknown.length} of the actions not` };
  for (const name of unknown.slice(0, maxUnknown)) {
    const may = (one: Statement) => mayName(one, name, budget);
    const given = inner.grants.filter(({ about }) => about.every(may));
    if (given.length === 0) continue;
    const sides = {
      taken: [...inner.denials, ...inner.whole].filter(({ statement }) => names(statement, name)),
      within: bound.grants.filter(({ about }) => about.every((one) => names(one, name))),
      missing: [...bound.denials, ...bound.whole].filter(({ statement }) => may(statement)),
    };
    for (const grant of given) {
      const answers = byAsker({ grant, ...sides }).map((one) => uncovered(one, budget));
      if (answers.some(({ resource, reason }) => resource !== undefined || reason !== undefined))
        yield { grant, reason: `the data of ${catalogue.date} knows no action ${name.slice(0, 100)}` };
    }
  }
}
