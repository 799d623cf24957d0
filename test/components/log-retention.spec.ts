import assert from "node:assert/strict";
import { logRetention } from "../../components/log-retention.ts";

describe("logRetention", () => {
  it("takes the periods CloudWatch takes", () => {
    const taken = [1, 30, 365, 400, 1096, 3653].map((days) => logRetention(days));
    assert.deepEqual(taken, [1, 30, 365, 400, 1096, 3653]);
  });

  for (const [days, use] of [
    [2, 3],
    [366, 400],
    [3654, 3653],
    [29.5, 30],
    [0, 30],
    [-1, 30],
  ] as const) {
    it(`fails on ${days} days and proposes ${use}`, () => {
      const message = `logRetentionDays must be a period CloudWatch Logs accepts, got ${days}: use ${use}`;
      assert.throws(() => logRetention(days), { message });
    });
  }

  it("names the argument it was asked about", () => {
    assert.throws(() => logRetention(2, "accessLogDays"), { message: /^accessLogDays must be/ });
  });
});
