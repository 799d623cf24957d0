import assert from "node:assert/strict";
import { progressOf } from "../../../../components/delivery/shift/progress.ts";
import { slotTarget } from "../../../../components/delivery/slot-target.ts";
import { stateMachine } from "../../../../components/delivery/state-machine.ts";
import { aliasTarget, type TrafficTarget } from "../../../../components/delivery/traffic-target.ts";

const slot = { service: "s", group: "g", alarms: ["a"] };
const place = { clusterName: "c", familyArn: "f", ruleArn: "r", testRuleArn: "t", minTasks: 1, maxTasks: 2 };
const slots = slotTarget({ ...place, blue: slot, green: slot }, { functionName: "probe" });
const alias = aliasTarget("f", "live", { smokeTest: { request: { method: "GET", path: "/" } } });

/** The lines of all states of a machine, in their order, each once. */
function lines(target: TrafficTarget): (string | undefined)[] {
  const plan = { partition: "aws", steps: [10, 100], bakeMinutes: 3, alarms: ["a"], smokeTest: true };
  const states = Object.keys(stateMachine(plan, target).States);
  const data = { bake: { polls: 1 } };
  return [...new Set(states.map((state) => progressOf({ state, data }, 3, "14")))].filter((line) => line !== undefined);
}

const shares = [10, 100].flatMap((percent) => [
  `${percent} % on version 14`,
  `${percent} % on version 14, 1 of 3 min, alarms quiet`,
  `${percent} % on version 14, an alarm fires`,
]);

describe("progress of a shift", () => {
  it("is told of an alias where there is something to tell", () => {
    const before = ["version 14 is tried before it has any traffic", "version 14 does not work"];
    assert.deepEqual(lines(alias), [...before, ...shares, "version 14 is taken off"]);
  });

  it("is told of two slots where there is something to tell", () => {
    assert.deepEqual(lines(slots), [
      "the tasks of version 14 start",
      "version 14 does not work",
      "version 14 is tried before it has any traffic",
      "version 14 waits for its alarms to be quiet",
      ...shares,
      "version 14 is taken off",
    ]);
  });

  for (const state of ["Done", "Choose alarms", "Find idle slot", "Forget ask load balancer", "Stop old version"]) {
    it(`is nothing in the state ${state}`, () => {
      assert.equal(progressOf({ state, data: {} }, 3, "14"), undefined);
    });
  }

  it("begins before the first state", () => {
    assert.equal(progressOf(undefined, 3, "14"), "the shift to version 14 begins");
  });
});
