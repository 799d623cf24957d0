import { catalogue, type Action } from "../../data/catalogue.ts";
import { has } from "../actions.ts";
import { type Check } from "../check.ts";
import type { Effect } from "../comparisons.ts";
import type { Grant } from "../permissions.ts";

let passing: Action | undefined;

/** Asked for when a document is judged: the data is not read before. */
export const passRole = (): Action => (passing ??= catalogue.find("iam:PassRole") as Action);

export const iamPassRoleExact: Check = {
  id: "iam-passrole-exact",
  kinds: ["identity"],
  level: "mandatory",
  description: "iam:PassRole names the roles it passes and, by iam:PassedToService, the service it passes them to.",
  fix: "name the roles by ARN and add iam:PassedToService with the one service that runs them",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      if (!has(grant.actions, passRole().id)) continue;
      const { reach, effects } = scope(grant, passRole());
      if (reach === "none") continue;
      const statement = grant.statement.label;
      const open = reach !== "named";
      if (open) yield { statement, message: "iam:PassRole on any role" };
      else if (roleWildcard(grant)) {
        yield {
          statement,
          level: held(grant, effects) ? "advisory" : "mandatory",
          message: "iam:PassRole on roles by pattern",
        };
      }
      if (!open && !held(grant, effects))
        yield { statement, message: "iam:PassRole to any service: no iam:PassedToService" };
    }
  },
};

const keys = new Set(["iam:passedtoservice", "iam:associatedresourcearn"]);

/** Whether a comparison names the service, or the resource, that gets the role. */
function held({ conditions }: Grant, effects: readonly Effect[]): boolean {
  return conditions.some(({ key }, at) => keys.has(key) && effects[at]?.effect === "narrows");
}

const roleWildcard = ({ statement: { resources } }: Grant) =>
  resources.some((text) => /[*?]/.test(text.slice(text.indexOf(":role/") + 6)));
