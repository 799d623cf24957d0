import assert from "node:assert/strict";
import { matching } from "../../../local/rollout/log-filter.ts";

describe("metric filter", () => {
  const matches = matching('{ $.message = "request" && $.status >= 500 }');

  for (const [line, expected] of [
    [{ message: "request", status: 503 }, true],
    [{ message: "request", status: 500 }, true],
    [{ message: "request", status: 499 }, false],
    [{ message: "other", status: 503 }, false],
    [{ message: "request", status: "503" }, false],
    [{ message: "request" }, false],
  ] as const) {
    it(`${expected ? "counts" : "leaves"} ${JSON.stringify(line)}`, () => assert.equal(matches(line), expected));
  }

  it("counts any line with a status of 500 and above where no message is asked for", () => {
    const any = matching("{ $.status >= 500 }");
    assert.deepEqual(
      [{ message: "event refused", status: 500 }, { status: 499 }, { message: "request" }].map((line) => any(line)),
      [true, false, false],
    );
  });

  for (const pattern of ["", "ERROR", "{ $.a.b = 1 }", "{ $.a = 1 || $.b = 2 }", "{ $.a IS NULL }"]) {
    it(`fails on "${pattern}", which it cannot evaluate`, () => {
      assert.throws(() => matching(pattern), /^Error: metric filter ".*" has ".*", which cannot be evaluated here$/);
    });
  }
});
