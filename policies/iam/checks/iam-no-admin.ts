import { catalogue } from "../../data/catalogue.ts";
import { count, noActions } from "../actions.ts";
import { type Check } from "../check.ts";
import type { Grant } from "../permissions.ts";
import { example, narrowed, unclear } from "../scope.ts";
import { readGlob } from "../glob.ts";
import { given } from "../permissions.ts";

/** Share of AWS's actions from which on a principal counts as an administrator. */
const share = 0.6;

export const iamNoAdmin: Check = {
  id: "iam-no-admin",
  kinds: ["identity"],
  level: "mandatory",
  description: "Nobody may do nearly everything on nearly everything, in whatever spelling or sum of statements.",
  fix: "list the actions that are used, on the resources they are used on",
  *judge({ permissions: { grants, denials } }) {
    const [sum, maybe] = [noActions(), noActions()];
    let widest: Grant | undefined;
    for (const grant of grants) {
      const size = count(grant.actions);
      if (size < catalogue.size / 50 || !open(grant, denials) || narrowed(grant.effects)) continue;
      const target = unclear(grant.effects) ? maybe : sum;
      grant.actions.forEach((word, at) => (target[at] = (target[at] as number) | word));
      if (!widest || size > count(widest.actions)) widest = grant;
    }
    if (!widest) return;
    const statement = widest.statement.label;
    if (count(sum) >= catalogue.size * share) {
      yield { statement, message: `${count(sum)} of ${catalogue.size} actions are allowed on every resource` };
    } else if (count(maybe) + count(sum) >= catalogue.size * share) {
      yield { statement, level: "undecided", message: "nearly all actions are allowed under a condition that is not modelled" };
    }
  },
};

const nowhere = example(readGlob("arn:aws:*:*:*:*"));

/** Whether a grant reaches a resource nobody named. */
function open(grant: Grant, denials: Parameters<typeof given>[1]): boolean {
  const first = grant.actions.findIndex((word) => word !== 0);
  const id = first * 32 + Math.clz32(1) - Math.clz32((grant.actions[first] as number) & -(grant.actions[first] as number));
  return given(grant, denials, id, nowhere) !== undefined;
}
