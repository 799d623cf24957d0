import assert from "node:assert/strict";
import fc from "fast-check";
import { groupFor, RuleTable } from "../../../local/service/rule-table.ts";

const weights = fc.array(fc.nat(100), { minLength: 1, maxLength: 4 });
const shares = (all: readonly number[]) => all.map((weight, at) => ({ arn: `arn:${at}`, weight }));

describe("the weights of a listener rule", () => {
  it("give each group its share of the draws, and one without weight none", () => {
    fc.assert(
      fc.property(weights, (all) => {
        const total = all.reduce((sum, weight) => sum + weight, 0);
        const counts = new Map<string | undefined, number>();
        // One draw in the middle of each unit of weight.
        for (let unit = 0; unit < total; unit++) {
          const group = groupFor(shares(all), (unit + 0.5) / total);
          counts.set(group, (counts.get(group) ?? 0) + 1);
        }
        assert.deepEqual(
          all.map((_, at) => counts.get(`arn:${at}`) ?? 0),
          all,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("give nobody anything where all are nought", () => {
    assert.equal(groupFor(shares([0, 0]), 0.5), undefined);
  });

  it("fail on a rule that the stack does not have", () => {
    assert.throws(
      () => new RuleTable([]).find("arn:rule"),
      /^Error: listener rule "arn:rule" is not part of the stack/,
    );
  });
});
