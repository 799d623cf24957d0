import assert from "node:assert/strict";
import { defaultRule } from "../../../../app/platform/telemetry/default-rule.ts";

describe("X-Ray's default rule", () => {
  it("picks the first request of each second, and five percent of the others", () => {
    const drawn = [0.9, 0.049, 0.05, 0.5];
    let now = 1_000_000;
    const picks = defaultRule(
      () => now,
      () => drawn.shift()!,
    );
    assert.deepEqual([picks(), picks(), picks(), picks()], [true, false, true, false]);
    now += 999;
    assert.equal(picks(), false);
    now += 1;
    assert.equal(picks(), true);
  });
});
