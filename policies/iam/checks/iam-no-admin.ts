import { catalogue } from "../../data/catalogue.ts";
import { join, type ActionSet } from "../actions.ts";
import { type Check } from "../check.ts";
import type { Grant } from "../permissions.ts";
import { example } from "../probe.ts";
import { narrowed, unclear } from "../scope.ts";
import { readGlob } from "../glob.ts";
import { denialsOf, given } from "../permissions.ts";

/** Share of AWS's actions from which on a principal counts as an administrator. */
const share = 0.6;

export const iamNoAdmin: Check = {
  id: "iam-no-admin",
  kinds: ["identity"],
  level: "mandatory",
  description: "Nobody may do nearly everything on nearly everything, in whatever spelling or sum of statements.",
  fix: "list the actions that are used, on the resources they are used on",
  *judge({ permissions: { grants, denials } }) {
    const sets: ActionSet[] = [];
    const unsure: ActionSet[] = [];
    let widest: Grant | undefined;
    for (const grant of grants) {
      const size = grant.actions.length;
      if (size < catalogue.size / 50 || !open(grant, denials) || narrowed(grant.effects)) continue;
      (unclear(grant.effects) ? unsure : sets).push(grant.actions);
      if (!widest || size > widest.actions.length) widest = grant;
    }
    if (!widest) return;
    const statement = widest.statement.label;
    const sum = join(sets).length;
    if (sum >= catalogue.size * share) {
      yield { statement, message: `${sum} of ${catalogue.size} actions are allowed on every resource` };
    } else if (join([...sets, ...unsure]).length >= catalogue.size * share) {
      yield {
        statement,
        level: "undecided",
        message: "nearly all actions are allowed under a condition that is not modelled",
      };
    }
  },
};

const nowhere = example(readGlob("arn:aws:*:*:*:*"));

/** Whether a grant reaches a resource nobody named. */
function open(grant: Grant, denials: Parameters<typeof given>[1]): boolean {
  return given(grant, denialsOf(denials, grant.actions[0] as number), nowhere) !== undefined;
}
