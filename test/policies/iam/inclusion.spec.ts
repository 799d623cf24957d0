import assert from "node:assert/strict";
import fc from "fast-check";
import { readDocument } from "../../../policies/iam/document.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes, type Proof } from "../../../policies/iam/prover.ts";
import { pairs, type Shape } from "./oracle/chance.ts";
import type { Holding } from "./oracle/decision.ts";
import { contexts, newRequest, principals } from "./oracle/world.ts";

const cases = Number(process.env["ORACLE_CASES"] ?? 250);
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

describe("includes", () => {
  it("never contradicts who asks for every request", () => {
    const count = { holds: 0, violated: 0, undecided: 0 };
    fc.assert(
      fc.property(pairs, ({ shape, bound, inner }) => {
        fc.pre(contexts([bound, inner]).length <= 400);
        const proof = includes(read(bound, shape), read(inner, shape));
        count[proof.answer] += 1;
        const among = shape.principals ? { principals } : {};
        if (proof.answer === "holds") assert.equal(newRequest(bound, inner, among), undefined);
        if (proof.answer === "violated") {
          const asked = { ...among, actions: [proof.action], resources: resourcesOf(proof) };
          assert.ok(newRequest(bound, inner, asked), `${JSON.stringify(proof)} is no counter-example`);
        }
      }),
      { numRuns: cases, seed },
    );
    const share = count.undecided / (count.holds + count.violated + count.undecided);
    if (process.env["ORACLE_CASES"]) console.log(count, share);
    assert.ok(share < 0.9, `${share} of the cases are undecided`);
  });
});
