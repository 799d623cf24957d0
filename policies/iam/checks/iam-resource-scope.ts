import type { Action } from "../../data/catalogue.ts";
import { readsData, scoping } from "../../data/sensitive.ts";
import { count, expand, has, members } from "../actions.ts";
import { actionsOf, listed, type Check, type FindingLevel } from "../check.ts";
import { narrowed, unclear } from "../scope.ts";

export const iamResourceScope: Check = {
  id: "iam-resource-scope",
  kinds: ["identity"],
  level: "mandatory",
  description: "An action that can be held to named resources is; `*` stands only where AWS supports nothing narrower.",
  fix: "name the resources by ARN, or narrow them by a tag condition",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      const open: Record<FindingLevel, string[]> = { mandatory: [], advisory: [], undecided: [] };
      for (const action of actionsOf(grant, (one) => scoping(one) !== "never")) {
        const { reach, effects } = scope(grant, action);
        if (reach !== "any" && reach !== "account") continue;
        if (narrowed(effects)) continue;
        if (reach === "account" || scoping(action) === "may" || isSwept(action, grant.statement.actions)) {
          open.advisory.push(action.name);
        } else open[unclear(effects) ? "undecided" : "mandatory"].push(action.name);
      }
      const statement = grant.statement.label;
      if (open.mandatory.length > 0) {
        yield { statement, message: `${listed(open.mandatory)} on every resource (${resources(grant.statement)})` };
      }
      if (open.undecided.length > 0) {
        const message = `${listed(open.undecided)} on every resource, under a condition that is not modelled`;
        yield { statement, level: "undecided", message };
      }
      if (open.advisory.length > 0) {
        const message = `${listed(open.advisory)} on every resource of the kind (${resources(grant.statement)})`;
        yield { statement, level: "advisory", message };
      }
    }
  },
};

/**
 * Whether only a pattern of reads gives an action, and most of what the pattern covers supports nothing but `*`: who lists
 * all of `ec2:Describe*` cannot name resources for the few that have some.
 */
function isSwept(action: Action, patterns: readonly string[]): boolean {
  if ((action.level !== "Read" && action.level !== "List") || readsData(action)) return false;
  const covering = patterns.filter((pattern) => has(expand(pattern), action.id));
  return covering.length > 0 && covering.every(isMostlyStar);
}

function isMostlyStar(pattern: string): boolean {
  const covered = expand(pattern);
  const size = count(covered);
  if (size < 4 || size > 2000) return false;
  return [...members(covered)].filter((one) => scoping(one) !== "must").length * 2 >= size;
}

const resources = ({ resources, exceptResources }: { resources: readonly string[]; exceptResources: boolean }) =>
  `${exceptResources ? "all but " : ""}${listed(resources.map((text) => text.slice(0, 200)))}`;
