import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate } from "../../../local/rollout/expression.ts";

describe("metric math", () => {
  const cases: [string, Record<string, number | undefined>, number | undefined][] = [
    ["errors", { errors: 3 }, 3],
    ["1 + 2 * 3 - 4 / 2", {}, 5],
    ["(1 + 2) * 3", {}, 9],
    ["10 - 2 - 3", {}, 5],
    ["IF(errors >= 3, 100 * errors / runs, 0)", { errors: 3, runs: 60 }, 5],
    ["IF(errors >= 3, 100 * errors / runs, 0)", { errors: 2, runs: 2 }, 0],
    ["a > 10 OR (a >= 3 AND a * 20 > FILL(b, 0))", { a: 3, b: undefined }, 1],
    ["a > 10 OR (a >= 3 AND a * 20 > FILL(b, 0))", { a: 3, b: 60 }, 0],
    ["a > 10 || a < 1 && a == 0", { a: 11 }, 1],
    ["a != 1", { a: 1 }, 0],
    ["MAX(FILL(b, 0), FILL(g, 0))", { b: undefined, g: 7 }, 7],
    ["a + b", { a: 1, b: undefined }, undefined],
    ["IF(a > 1, 1, 0)", { a: undefined }, undefined],
    ["IF(a > 1, a, b)", { a: 2, b: undefined }, 2],
    ["1 / a", { a: 0 }, undefined],
  ];
  for (const [expression, variables, expected] of cases) {
    it(`gives ${expected} for ${expression} with ${JSON.stringify(variables)}`, () => {
      assert.equal(evaluate(expression, variables), expected);
    });
  }

  it("computes sums and products as JavaScript does", () => {
    const number = fc.integer({ min: 0, max: 99 }).map(String);
    const sum = fc.array(fc.tuple(fc.constantFrom("+", "-", "*"), number), { maxLength: 8 });
    fc.assert(
      fc.property(number, sum, (first, rest) => {
        const text = [first, ...rest.flat()].join(" ");
        assert.equal(evaluate(text, {}), new Function(`return ${text}`)());
      }),
    );
  });

  for (const expression of ["", "1 +", "nobody > 1", "SEARCH(1)", "1 2", "IF(1, 2, 3", "a ; b"]) {
    it(`fails on "${expression}"`, () => {
      assert.throws(() => evaluate(expression, {}), /^Error: expression ".*" (has|cannot be read)/);
    });
  }
});
