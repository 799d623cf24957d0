import assert from "node:assert/strict";
import validate from "asl-validator";
import fc from "fast-check";
import { slotsIn, slotTarget } from "../../../components/delivery/slot-target.ts";
import { longestSeconds, stateMachine } from "../../../components/delivery/state-machine.ts";
import type { FakeSlots } from "../../aws/slots.ts";
import {
  alarmsOf,
  blueGroup,
  definition,
  family,
  greenGroup,
  names,
  plan,
  ruleArn,
  run,
  site,
  withProbe,
} from "./slot-run.ts";

const liveInGreen = ({ account }: FakeSlots) => {
  account.setRule(ruleArn, { [blueGroup]: 0, [greenGroup]: 100 });
  account.setService(names.clusterName, `${family}-green`, {
    taskDefinition: `${names.familyArn}:13`,
    desiredCount: 4,
  });
  account.setService(names.clusterName, `${family}-blue`, { taskDefinition: `${names.familyArn}:12`, desiredCount: 0 });
};

const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 })
  .map((percents) => [...percents.sort((a, b) => a - b), 100]);

describe("rollout of two slots", () => {
  it("loads the idle slot, goes up the steps, and stops the slot that has lost the traffic", async () => {
    const { shares, status, loads, now, looks } = await run(definition);
    assert.deepEqual([shares, status], [[10, 50, 100], "SUCCEEDED"]);
    assert.deepEqual(loads, [`${family}-green 14 x3`, `${family}-blue 13 x0`]);
    assert.deepEqual([now, looks], [["blue 13 x0", "green 14 x3"], 1 + 9]);
  });

  it("goes from green to blue when green has the traffic", async () => {
    const { shares, now, read } = await run(definition, { arrange: liveInGreen });
    assert.deepEqual(
      [shares, now],
      [
        [10, 50, 100],
        ["blue 14 x4", "green 13 x0"],
      ],
    );
    assert.deepEqual(read[0], alarmsOf("blue"));
  });

  it("reads the alarms of the new slot alone, or those it was started with", async () => {
    assert.deepEqual(new Set((await run(definition)).read.flat()), new Set(alarmsOf("green")));
    assert.deepEqual(new Set((await run(definition, { watched: ["checkout"] })).read.flat()), new Set(["checkout"]));
  });

  it("gives everything back when an alarm fires, says which one, where and on what, and stops the new slot", async () => {
    const { shares, error, cause, now } = await run(definition, { alarm: { from: 5 } });
    assert.deepEqual([shares, error], [[10, 50, 0], "AlarmFired"]);
    assert.equal(cause, `${family}-green-server-errors fired at 50 per cent on version 14`);
    assert.deepEqual(now, ["blue 13 x3", "green 14 x0"]);
  });

  it("waits for alarms that went off while tasks were starting, and gives no traffic when they stay", async () => {
    const quiet = await run(definition, { alarm: { from: 1, to: 3 } });
    assert.deepEqual([quiet.shares, quiet.status], [[10, 50, 100], "SUCCEEDED"]);
    const loud = await run(definition, { alarm: { from: 1 } });
    assert.deepEqual([loud.shares, loud.looks], [[0], 5]);
    assert.equal(loud.cause, `${family}-green-server-errors fired before traffic on version 14`);
  });

  it("visits exactly the steps before the look at which an alarm fires, whatever the steps", async () => {
    const look = fc.option(fc.integer({ min: 2, max: 20 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 1, max: 3 }),
        look,
        fc.boolean(),
        async (percents, bakeMinutes, from, swapped) => {
          const fires = from !== undefined && from - 1 <= percents.length * bakeMinutes;
          const { shares, error } = await run(stateMachine(plan({ steps: percents, bakeMinutes }), slotTarget(site)), {
            ...(from !== undefined && { alarm: { from } }),
            ...(swapped && { arrange: liveInGreen }),
          });
          const visited = fires ? percents.slice(0, Math.ceil((from - 1) / bakeMinutes)) : percents;
          assert.deepEqual([shares, error], [fires ? [...visited, 0] : visited, fires ? "AlarmFired" : undefined]);
        },
      ),
      { numRuns: 15 },
    );
  });

  for (const [state, { Type, Next }] of Object.entries(withProbe.States)) {
    if (Type !== "Task" || state === "Roll back") continue;
    const tidies = state.startsWith("Stop");
    const before = state === "Look at listener rule";
    it(`${tidies ? "ends all the same" : before ? "moves nothing" : "gives everything back"} when "${state}" goes on failing`, async () => {
      const alarm = Next === "Rolled back" ? { from: 5 } : undefined;
      const { shares, error, now } = await run(withProbe, { broken: { state }, alarm });
      if (state === "Stop old version") assert.deepEqual([shares.at(-1), error], [100, undefined]);
      else if (state === "Stop new version") assert.deepEqual([shares.at(-1), error], [0, "AlarmFired"]);
      else {
        const why = state === "Smoke test" ? "SmokeTestFailed" : "Lambda.ServiceException";
        assert.deepEqual([shares.at(-1), error], [before ? undefined : 0, why]);
      }
      assert.equal(now[0], "blue 13 x3");
    });

    it(`goes on when "${state}" fails twice and then works`, async () => {
      const { shares, error } = await run(withProbe, { broken: { state, times: 2 } });
      assert.deepEqual([shares, error], [[10, 50, 100], undefined]);
    });
  }

  it("keeps trying to give the traffic back, and fails by another name when it cannot", async () => {
    const tried = await run(definition, { alarm: { from: 2 }, broken: { state: "Roll back", times: 8 } });
    assert.deepEqual([tried.shares, tried.error], [[10, 0], "AlarmFired"]);
    const stuck = await run(definition, { alarm: { from: 2 }, broken: { state: "Roll back" } });
    assert.deepEqual([stuck.shares, stuck.error], [[10], "RollBackFailed"]);
  });

  it("is tried by a function of the caller's behind the test rule before it has traffic", async () => {
    const { tested, shares } = await run(withProbe);
    const payload = { serviceName: family, slot: `${family}-green`, version: "14" };
    assert.deepEqual(tested, ["100 % of the test rule", JSON.stringify({ FunctionName: "probe", Payload: payload })]);
    assert.deepEqual(shares, [10, 50, 100]);
    const probe = () => {
      throw Object.assign(new Error("no orders"), { name: "NotContent" });
    };
    const refused = await run(withProbe, { probe });
    const why = "version 14 did not pass the smoke test";
    assert.deepEqual([refused.shares, refused.error, refused.cause], [[0], "SmokeTestFailed", why]);
  });

  it("gives the new version the tasks of the old one, within its bounds", async () => {
    for (const [live, loaded] of [
      [0, 2],
      [3, 3],
      [9, 4],
    ]) {
      const arrange = ({ account }: FakeSlots) =>
        account.setService(names.clusterName, `${family}-blue`, {
          taskDefinition: `${names.familyArn}:13`,
          desiredCount: live!,
        });
      assert.equal((await run(definition, { arrange })).loads[0], `${family}-green 14 x${loaded}`);
    }
  });

  it("looks until the tasks are healthy", async () => {
    const { entered, status } = await run(definition, { arrange: (slots) => void (slots.startLooks = 7) });
    assert.deepEqual([entered.filter((name) => name === "Look at new slot").length, status], [8, "SUCCEEDED"]);
  });

  for (const [what, machine] of [
    ["without a function that tries it", definition],
    ["with one", withProbe],
    ["with as many steps as are tried here", stateMachine(plan({ steps: [1, 2, 3, 99, 100] }), slotTarget(site))],
  ] as const) {
    it(`has a definition that Step Functions takes, ${what}`, () => {
      const { isValid, errors } = validate(machine as never);
      assert.deepEqual([isValid, errors], [true, []]);
    });
  }

  it("says what it acts on to whoever reads its definition", () => {
    assert.deepEqual({ ...slotsIn(JSON.stringify(definition)), minTasks: 2, maxTasks: 4 }, site);
    assert.equal(slotsIn(JSON.stringify({ States: {} })), undefined);
  });

  it("is bounded beyond the longest way through it", () => {
    assert.equal(definition.TimeoutSeconds, longestSeconds({ ...plan(), readyPolls: 45, tests: [{}] }));
    assert.match(definition.Comment, /under 2 alarms$/);
  });
});
