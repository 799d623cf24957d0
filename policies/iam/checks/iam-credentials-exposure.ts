import { credentialActions } from "../../data/sensitive.ts";
import { union, type ActionSet } from "../actions.ts";
import { actionsIn, listed, type Check } from "../check.ts";

export const iamCredentialsExposure: Check = {
  id: "iam-credentials-exposure",
  kinds: ["identity"],
  level: "advisory",
  description: "Calls that answer with a credential are known: keys, tokens and passwords outlive the call.",
  fix: "drop the action where a role can be assumed instead",
  *judge({ permissions: { grants }, scope }) {
    for (const grant of grants) {
      const found = actionsIn(grant, credentials()).filter((action) => scope(grant, action).reach !== "none");
      if (found.length > 0) {
        yield {
          statement: grant.statement.label,
          message: `${listed(found.map(({ name }) => name))} answers with a credential`,
        };
      }
    }
  },
};

let giving: ActionSet | undefined;
const credentials = () => (giving ??= union([...credentialActions]));
