import type { Action } from "../../data/catalogue.ts";
import { readsData, scoping } from "../../data/sensitive.ts";
import { expand, has, members, noActions, subtract, union, type ActionSet } from "../actions.ts";
import { actionsOf, listed, type Check, type FindingLevel } from "../check.ts";
import type { Statement } from "../document.ts";
import { narrowed, unclear } from "../scope.ts";

export const iamResourceScope: Check = {
  id: "iam-resource-scope",
  kinds: ["identity"],
  level: "mandatory",
  description:
    "An action that can be held to named resources is; `*` stands only where AWS supports nothing narrower. All of a kind in one account is told, not refused, even where it is deleted.",
  fix: "name the resources by ARN, or narrow them by a tag condition",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      const open: Record<FindingLevel, string[]> = { mandatory: [], advisory: [], undecided: [] };
      const swept = sweptBy(grant.statement);
      for (const action of actionsOf(grant, isScopable)) {
        const { reach, effects } = scope(grant, action);
        if (reach !== "any" && reach !== "account") continue;
        if (narrowed(effects)) continue;
        // deleting all of a kind, too: of 1,100 public policies three give it as they should, and none by mistake
        if (reach === "account" || scoping(action) === "may" || (describes(action) && has(swept, action.id))) {
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
 * The actions that only patterns give of which most supports nothing but `*`: who lists all of `ec2:Describe*` cannot name
 * resources for the few that have some.
 */
function sweptBy({ actions, exceptActions }: Statement): ActionSet {
  if (exceptActions) return noActions;
  const sweeping = actions.filter(isMostlyStar);
  return subtract(union(sweeping), union(actions.filter((pattern) => !sweeping.includes(pattern))));
}

const isScopable = (action: Action) => scoping(action) !== "never";

/** A reader of descriptions, not of data. */
const describes = (action: Action) => (action.level === "Read" || action.level === "List") && !readsData(action);

const known = new Map<string, boolean>();

function isMostlyStar(pattern: string): boolean {
  let answer = known.get(pattern);
  if (answer === undefined) {
    if (known.size > 5000) known.clear();
    known.set(pattern, (answer = mostlyStar(pattern)));
  }
  return answer;
}

function mostlyStar(pattern: string): boolean {
  const covered = expand(pattern);
  const size = covered.length;
  if (size < 4 || size > 2000) return false;
  return members(covered).filter((one) => scoping(one) !== "must").length * 2 >= size;
}

const resources = ({ resources, exceptResources }: Statement) =>
  `${exceptResources ? "all but " : ""}${listed(resources.map((text) => text.slice(0, 200)))}`;
