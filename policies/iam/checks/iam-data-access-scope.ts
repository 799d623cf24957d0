import { dataActions, readsVault } from "../../data/sensitive.ts";
import { union, type ActionSet } from "../actions.ts";
import { actionsIn, listed, type Check, type FindingLevel } from "../check.ts";
import type { Grant } from "../permissions.ts";
import { narrowed, unclear } from "../scope.ts";

export const iamDataAccessScope: Check = {
  id: "iam-data-access-scope",
  kinds: ["identity"],
  level: "mandatory",
  description: "Secrets, parameters, objects, messages and keys are read by name only, never all that the account has.",
  fix: "name the secret, parameter, bucket, table or key; end a secret's ARN in -??????",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      const found: Record<FindingLevel, string[]> = { mandatory: [], undecided: [], advisory: [] };
      for (const action of actionsIn(grant, data())) {
        const { reach, effects } = scope(grant, action);
        if (reach === "none" || reach === "named" || narrowed(effects)) continue;
        const level =
          reach === "account" && !readsVault(action) ? "advisory" : unclear(effects) ? "undecided" : "mandatory";
        found[level].push(action.name);
      }
      const statement = grant.statement.label;
      if (found.mandatory.length > 0)
        yield { statement, message: `${listed(found.mandatory)} on everything of the kind` };
      if (found.undecided.length > 0) {
        const message = `${listed(found.undecided)} on everything of the kind, under a condition that is not modelled`;
        yield { statement, level: "undecided", message };
      }
      for (const text of pinned(grant) ? [] : prefixSecrets(grant.statement.resources)) {
        yield { statement, level: "advisory", message: `${text} also covers secrets whose name begins alike` };
      }
    }
  },
};

let read: ActionSet | undefined;
const data = () => (read ??= union([...dataActions]));

/** AWS puts six characters after a secret's name, so `db-*` also covers `db-admin-...`. */
const prefixSecrets = (resources: readonly string[]) =>
  resources.filter((text) => text.includes(":secret:") && text.endsWith("*")).map((text) => text.slice(0, 200));

/** Whether a tag of the secret must have one of the values that are named: then its name carries no scope. */
const pinned = ({ conditions, effects }: Grant) =>
  conditions.some(
    ({ key, comparison }, at) =>
      key.includes(":resourcetag/") && comparison === "equals" && effects[at]?.effect === "narrows",
  );
