import { catalogue, type Action } from "../../data/catalogue.ts";
import { managesPermissions } from "../../data/sensitive.ts";
import { has } from "../actions.ts";
import { actionsOf, listed, type Check } from "../check.ts";
import type { Grant } from "../permissions.ts";
import { narrowed, unclear } from "../scope.ts";

export const iamPermissionsManagement: Check = {
  id: "iam-permissions-management",
  kinds: ["identity"],
  level: "mandatory",
  description: "Only deploy roles may change who can reach a resource: its policy, its grants, its public access.",
  fix: "leave the resource's policy to the program that creates the resource",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      const found = { mandatory: [] as string[], advisory: [] as string[], undecided: [] as string[] };
      for (const action of actionsOf(grant, manages)) {
        const { reach, effects } = scope(grant, action);
        if (reach === "none") continue;
        if (narrowed(effects) || (action.name === "logs:PutResourcePolicy" && sendsLogs(grants)))
          found.advisory.push(action.name);
        else if (unclear(effects)) found.undecided.push(action.name);
        else if (managesPermissions(action) === "strong" || reach === "any") found.mandatory.push(action.name);
        else found.advisory.push(action.name);
      }
      for (const level of ["mandatory", "undecided", "advisory"] as const) {
        if (found[level].length === 0) continue;
        yield {
          statement: grant.statement.label,
          level,
          message: `${listed(found[level])} changes who may reach a resource`,
        };
      }
    }
  },
};

/** A service that sends its logs writes the log group's policy in its caller's name; neither action supports a resource. */
function sendsLogs(grants: readonly Grant[]): boolean {
  const delivery = catalogue.find("logs:CreateLogDelivery");
  return delivery !== undefined && grants.some(({ actions }) => has(actions, delivery.id));
}

const manages = (action: Action) => managesPermissions(action) !== "no";
