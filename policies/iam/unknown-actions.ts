import { catalogue } from "../data/catalogue.ts";
import { isUnknown, mayName, names } from "./action-names.ts";
import { byAsker } from "./askers.ts";
import type { Budget } from "./automaton.ts";
import { uncovered } from "./inclusion.ts";
import type { Denial, Grant, Permissions } from "./permissions.ts";

/** Names and patterns of actions that some documents have and the data has not. */
export function unknownActions(...all: readonly Permissions[]): Set<string> {
  const found = new Set<string>();
  for (const { grants, denials, whole } of all)
    for (const { actions } of [
      ...grants.flatMap(({ about }) => about),
      ...[...denials, ...whole].map(({ statement }) => statement),
    ])
      for (const name of actions) if (isUnknown(name)) found.add(name.toLowerCase());
  return found;
}

/** Why it is not sure that the bound gives an action nobody knows wherever the grant does; undefined when it is. */
export function strange(name: string, grant: Grant, inner: Permissions, bound: Permissions, budget: Budget) {
  if (!grant.about.every((one) => mayName(one, name, budget))) return undefined;
  const sure = ({ statement }: Denial) => names(statement, name);
  const may = (one: Denial) => mayName(one.statement, name, budget);
  const group = {
    grant,
    taken: [...inner.denials, ...inner.whole].filter(sure),
    within: bound.grants.filter((one) => one.about.every((each) => names(each, name))),
    missing: [...bound.denials, ...bound.whole].filter(may),
  };
  const answers = byAsker(group).map((one) => uncovered(one, budget));
  if (answers.every(({ resource, reason }) => resource === undefined && reason === undefined)) return undefined;
  return `the data of ${catalogue.date} knows no action ${name.slice(0, 100)}`;
}
