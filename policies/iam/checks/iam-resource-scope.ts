import { scoping } from "../../data/sensitive.ts";
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
        if (reach === "account" || scoping(action) === "may") open.advisory.push(action.name);
        else open[unclear(effects) ? "undecided" : "mandatory"].push(action.name);
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

const resources = ({ resources, exceptResources }: { resources: readonly string[]; exceptResources: boolean }) =>
  `${exceptResources ? "all but " : ""}${listed(resources.map((text) => text.slice(0, 200)))}`;
