import { allows, type Check, type Fault } from "../check.ts";
import { effectOf } from "../comparisons.ts";
import type { Facet } from "../../data/condition-keys.ts";
import { keyFacts } from "../keys.ts";
import { uncarried } from "../uncarried.ts";

export const iamConditionSanity: Check = {
  id: "iam-condition-sanity",
  kinds: ["identity", "trust", "resource"],
  level: "mandatory",
  description: "Every condition limits something: none that always holds, and none that never does.",
  fix: "compare a key that the request carries with the values that are meant, or drop the condition",
  *judge(subject) {
    if (subject.kind !== "trust")
      for (const { statements } of subject.documents) for (const one of statements) yield* uncarried(one);
    for (const statement of allows(subject)) {
      for (const comparison of statement.conditions) {
        const { effect, flaw, facet, mild } = effectOf(comparison);
        const where = `${comparison.name} ${comparison.key}`;
        const fault = (message: string, level?: Fault["level"]): Fault => ({
          statement: statement.label,
          message,
          ...(level && { level }),
        });
        if (effect === "never")
          yield fault(`${where} never holds: ${flaw ?? ""}`, flaw === "the date has passed" ? "advisory" : undefined);
        else if (flaw !== undefined)
          yield fault(
            `${where} limits nothing: ${flaw}`,
            mild || (comparison.ifExists && !isGuard(comparison.key, facet)) ? "advisory" : undefined,
          );
        else if (
          subject.kind === "identity" &&
          own.has(comparison.key) &&
          comparison.type !== "null" &&
          !comparison.negated
        ) {
          yield fault(
            `${where} limits nothing: it is the holder's own account`,
            comparison.key.startsWith("aws:r") ? "advisory" : undefined,
          );
        } else if (subject.kind === "trust" && trustOwn.has(comparison.key)) {
          yield fault(`${where} limits nothing: the resource is the role itself`);
        } else if (keyFacts(comparison.key).facet === "unknown" && effect !== "unknown") {
          yield fault(`${where} is not modelled`, "advisory");
        }
      }
    }
  },
};

/** Keys that people write down to keep somebody out: losing one of them opens the door. */
const isGuard = (key: string, facet: Facet) =>
  facet === "resource" ||
  facet === "caller" ||
  facet === "source" ||
  facet === "network" ||
  key.startsWith("aws:multi");

const own = new Set(["aws:principalaccount", "aws:resourceaccount"]);
const trustOwn = new Set(["aws:resourceaccount", "aws:resourceorgid"]);
