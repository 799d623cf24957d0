import assert from "node:assert/strict";
import { longestSeconds, outOfTime } from "../../../local/rollout/deadline.ts";

describe("a demo that is not over in time", () => {
  it("may take 50 seconds with the usual minutes, and longer with longer ones", () => {
    assert.deepEqual([0.4, 1].map(longestSeconds), [50, 110]);
  });

  it("is told to try again on a machine that is busy with other things", () => {
    assert.deepEqual(outOfTime(50, 3.1, 2), {
      code: 75,
      text: "the machine is too busy, with 3.1 at work on 2 processors: gave up after 50 s; try again later, or with a longer --minute",
    });
  });

  for (const [what, load] of [
    ["quiet", 3],
    ["of an unknown load", 0],
  ] as const) {
    it(`fails on a machine that is ${what}`, () => {
      const text = "not over after 50 s although the machine is not busy: something hangs";
      assert.deepEqual(outOfTime(50, load, 2), { code: 1, text });
    });
  }
});
