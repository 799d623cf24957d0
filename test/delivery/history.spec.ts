import assert from "node:assert/strict";
import type { Execution } from "../../components/delivery/shift/ports.ts";
import { onceLive, targetOf } from "../../delivery/history.ts";

const shift = (startedAt: number, from: string, to: string, status: Execution["status"] = "SUCCEEDED"): Execution => ({
  ...{ arn: `arn-${startedAt}`, status, startedAt },
  input: { from, to },
});
const shifts = [
  shift(1, "11", "12"),
  shift(3, "12", "14"),
  shift(2, "12", "13", "FAILED"),
  shift(4, "14", "15", "RUNNING"),
];

describe("history of a service", () => {
  it("knows which versions had all the traffic, the last one first", () => {
    assert.deepEqual(onceLive(shifts), ["14", "12", "11"]);
  });

  it("goes back to the last version that was good before the current one", () => {
    assert.deepEqual(
      [targetOf("last-good", "15", shifts), targetOf("last-good", "14", shifts), targetOf("11", "15", shifts)],
      ["14", "12", "11"],
    );
  });

  for (const [wanted, current, message] of [
    ["13", "15", /^--to 13 never had all the traffic in the last 90 days, nothing was moved: use one of 14, 12, 11$/],
    ["15", "15", /^--to 15 has all the traffic already: use one of 14, 12, 11$/],
    ["last-good", "11", /^--to last-good finds no version before 11 /],
  ] as const) {
    it(`fails on ${wanted} while ${current} has the traffic`, () => {
      assert.throws(
        () => targetOf(wanted, current, shifts),
        (error: Error) => (assert.match(error.message, message), true),
      );
    });
  }
});
