import assert from "node:assert/strict";
import fc from "fast-check";
import { readDocument } from "../../../policies/iam/document.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes, type Proof } from "../../../policies/iam/prover.ts";
import { pairs, type Shape } from "./oracle/chance.ts";
import type { Holding } from "./oracle/decision.ts";
import { contexts, newRequest, principals } from "./oracle/world.ts";

const cases = Number(process.env["ORACLE_CASES"] ?? 200);
const seed = process.env["ORACLE_SEED"] === undefined ? 20261121 : Number(process.env["ORACLE_SEED"]);

const read = ({ statements, boundary }: Holding, { principals: named }: Shape) => {
  const one = (Statement: readonly object[]) =>
    readDocument({ Version: "2012-10-17", Statement }, named ? "resource" : "identity");
  return effectivePermissions([one(statements)], boundary && one(boundary));
};

/** What stands for a variable in a counter-example: each of these in turn. */
const standIns = ["w", "v", "a", "b"];

function resourcesOf({ resource }: Proof & { answer: "violated" }): string[] {
  const texts = resource === "*" ? ["", "*"] : [resource];
  return texts.flatMap((text) => {
    let found = [text];
    while (found.some((one) => one.includes("${...}")))
      found = found.flatMap((one) => standIns.map((value) => one.replace("${...}", value)));
    return found;
  });
}

/**
 * Whether every form in the documents is modelled. Names that AWS's data does not have, policy variables, ARN patterns of fewer than
 * six parts, and texts compared with and without case are not.
 */
const isModelled = (text: string) => !/New|\$\{|IgnoreCase|"aws:SourceArn":\[[^\]]*"(arn:)?\*"/.test(text);

describe("includes, beside an oracle of its own,", () => {
  it("never contradicts it, and is undecided about what is not modelled only", () => {
    const count = { holds: 0, violated: 0, undecided: 0, modelled: 0, unclear: 0 };
    fc.assert(
      fc.property(pairs, ({ shape, bound, inner }) => {
        fc.pre(contexts([bound, inner]).length <= 400);
        const proof = includes(read(bound, shape), read(inner, shape));
        count[proof.answer] += 1;
        if (isModelled(JSON.stringify([bound, inner]))) {
          count.modelled += 1;
          if (proof.answer === "undecided") count.unclear += 1;
        }
        const among = shape.principals ? { principals } : {};
        if (proof.answer === "holds") assert.equal(newRequest(bound, inner, among), undefined);
        if (proof.answer === "violated") {
          const asked = { ...among, actions: [proof.action], resources: resourcesOf(proof) };
          assert.ok(newRequest(bound, inner, asked), `${JSON.stringify(proof)} is no counter-example`);
        }
      }),
      { numRuns: cases, seed },
    );
    if (process.env["ORACLE_CASES"]) console.log(count);
    assert.ok(
      count.unclear <= count.modelled / 100,
      `${count.unclear} of ${count.modelled} modelled ones are undecided`,
    );
    assert.ok(count.undecided <= cases / 5, `${count.undecided} of ${cases} are undecided`);
    assert.ok(count.modelled >= cases / 4, `only ${count.modelled} of ${cases} are modelled`);
    assert.ok(Math.min(count.holds, count.violated) >= cases / 10, JSON.stringify(count));
  });
});
