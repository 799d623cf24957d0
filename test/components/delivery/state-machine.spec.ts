import assert from "node:assert/strict";
import fc from "fast-check";
import { shiftName, stateMachine, type RolloutPlan } from "../../../components/delivery/state-machine.ts";
import { aliasTarget } from "../../../components/delivery/traffic-target.ts";
import { runAliasMachine } from "./alias-machine.ts";

const smokeTest = { request: { method: "GET", path: "/health/patients" } };
const alarms = ["slipway-dev-patients-new-errors", "slipway-dev-patients-new-duration"];
const plan = (changes: Partial<RolloutPlan> = {}): RolloutPlan => ({
  ...{ partition: "aws", steps: [10, 50, 100], bakeMinutes: 3, alarms, smokeTest: false },
  ...changes,
});
const target = aliasTarget("slipway-dev-patients", "live", { smokeTest, timeoutSeconds: 15 });
const plain = stateMachine(plan(), target);
const tested = stateMachine(plan({ smokeTest: true }), target);

/** The alias belongs to version 13 until version 14 is the only one. */
const climb = ["13 14:0.1", "13 14:0.5", "13 14:1"];

describe("rollout state machine", () => {
  it("goes up the steps while the alarms are quiet, and makes the new version the only one after the last bake", async () => {
    const { moves, looks, error } = await runAliasMachine(plain);
    assert.deepEqual([moves, looks.length, error], [[...climb, "14"], 9, undefined]);
  });

  it("gives everything back when an alarm fires, and says which one, where and on what", async () => {
    const { moves, error, cause } = await runAliasMachine(plain, { alarmAtLook: 4 });
    assert.deepEqual(
      [moves, error, cause],
      [["13 14:0.1", "13 14:0.5", "13"], "AlarmFired", `${alarms[0]} fired at 50 per cent on version 14`],
    );
  });

  for (const watched of [[], [alarms[1]!]]) {
    it(`reads ${watched.length || "all"} of its alarms when started with ${watched.length} of them, never those of others`, async () => {
      const { looks } = await runAliasMachine(plain, { watched });
      assert.deepEqual(looks, Array(9).fill(watched.length > 0 ? watched : alarms));
    });
  }

  it("watches the last step as long as the others, while the alias still belongs to the old version", async () => {
    const { moves, error } = await runAliasMachine(plain, { alarmAtLook: 9 });
    assert.deepEqual([moves, error], [[...climb, "13"], "AlarmFired"]);
  });

  it("gives an alias that takes no weights to the new version in one step, and back", async () => {
    const undivided = stateMachine(
      plan({ steps: [100] }),
      aliasTarget("slipway-dev-patients", "live", { weighted: false }),
    );
    assert.deepEqual((await runAliasMachine(undivided)).moves, ["14"]);
    assert.deepEqual((await runAliasMachine(undivided, { alarmAtLook: 3 })).moves, ["14", "13"]);
  });

  it("keeps trying to give the traffic back", async () => {
    const { moves, error } = await runAliasMachine(plain, { alarmAtLook: 1, broken: { state: "Roll back", times: 8 } });
    assert.deepEqual([moves, error], [["13 14:0.1", "13"], "AlarmFired"]);
  });

  it("fails by another name when the traffic cannot be given back", async () => {
    const { moves, error } = await runAliasMachine(plain, { alarmAtLook: 1, broken: { state: "Roll back" } });
    assert.deepEqual([moves, error], [["13 14:0.1"], "RollBackFailed"]);
  });

  const probed = aliasTarget("slipway-dev-patients", "live", { smokeTest: { functionName: "probe" } });
  for (const [what, definition, smokeSeconds] of [
    ["without a smoke test", plain, 0],
    ["with one by request", tested, 134 + 114],
    ["with one that may take as long as a function can", stateMachine(plan({ smokeTest: true }), probed), 134 + 3654],
  ] as const) {
    it(`is bounded beyond the longest way through it, and not far beyond, ${what}`, () => {
      // Every state once, the looks of a bake as often as there are minutes: no path is longer.
      const looks = (name: string) => (/^(Wait|Read alarms) at /.test(name) ? plan().bakeMinutes : 1);
      const longest = Object.entries(definition.States).map(([name, state]) => looks(name) * longestStay(state));
      const sum = longest.reduce((total, seconds) => total + seconds, 0);
      assert.equal(sum, smokeSeconds + 9 * (60 + 134) + 4 * 134 + 512);
      const spare = definition.TimeoutSeconds - sum;
      assert.ok(spare > 60 && spare < 600, `${spare} s to spare`);
    });
  }
});

interface Timed {
  Type?: string;
  Seconds?: number;
  TimeoutSeconds?: number;
  Retry?: { MaxAttempts: number; IntervalSeconds: number; BackoffRate: number; MaxDelaySeconds?: number }[];
}

/** Seconds that one visit of a state can take: every attempt to its limit, and every pause between two. */
function longestStay({ Type, Seconds = 0, TimeoutSeconds = 0, Retry = [] }: Timed): number {
  if (Type !== "Task") return Seconds;
  const [{ MaxAttempts, IntervalSeconds, BackoffRate, MaxDelaySeconds = Infinity }] = Retry as [
    Required<Timed>["Retry"][0],
  ];
  const pauses = Array.from({ length: MaxAttempts }, (_, at) =>
    Math.min(IntervalSeconds * BackoffRate ** at, MaxDelaySeconds),
  );
  return pauses.reduce((sum, pause) => sum + pause, TimeoutSeconds * (MaxAttempts + 1));
}

const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 })
  .map((percents) => [...percents.sort((a, b) => a - b), 100]);

const shares = (percents: readonly number[]) => percents.map((percent) => `13 14:${percent / 100}`);

describe("rollout state machine, whatever the steps", () => {
  it("visits exactly the steps before the look at which an alarm fires", async () => {
    const bake = fc.integer({ min: 1, max: 3 });
    const look = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(steps, bake, look, async (percents, bakeMinutes, alarmAtLook) => {
        const fires = alarmAtLook !== undefined && alarmAtLook <= percents.length * bakeMinutes;
        const definition = stateMachine(plan({ steps: percents, bakeMinutes }), target);
        const { moves, error } = await runAliasMachine(definition, { alarmAtLook });
        const visited = fires ? percents.slice(0, Math.ceil(alarmAtLook / bakeMinutes)) : percents;
        assert.deepEqual(moves, [...shares(visited), fires ? "13" : "14"]);
        assert.equal(error, fires ? "AlarmFired" : undefined);
      }),
      { numRuns: 15 },
    );
  });

  const tasks = Object.entries(tested.States).filter(([name, { Type }]) => Type === "Task" && name !== "Roll back");

  /** How far a machine with `percents` gets before the state that stands where `state` does in the one with 10, 50 and 100. */
  function visitedBefore(state: string, percents: readonly number[], at: number): number[] {
    if (state === "Make new version the only one") return [...percents];
    if (state.startsWith("Shift")) return percents.slice(0, at);
    return state.startsWith("Read alarms") ? percents.slice(0, at + 1) : [];
  }

  it("gives everything back when a call goes on failing, and goes on when it fails twice and then works", async () => {
    const kinds = fc.constantFrom(
      "Point test alias at new version",
      "Shift",
      "Read alarms",
      "Make new version the only one",
    );
    await fc.assert(
      fc.asyncProperty(steps, kinds, fc.nat(), async (percents, kind, pick) => {
        const at = pick % percents.length;
        const percent = percents[at]!;
        const named: Record<string, string> = {
          Shift: shiftName(percent),
          "Read alarms": `Read alarms at ${percent} per cent`,
        };
        const state = named[kind] ?? kind;
        const definition = stateMachine(plan({ steps: percents, bakeMinutes: 1, smokeTest: true }), target);
        assert.equal(definition.States[state]?.Type, "Task");
        const failed = await runAliasMachine(definition, { broken: { state } });
        assert.deepEqual(failed.moves, [...shares(visitedBefore(state, percents, at)), "13"]);
        assert.equal(failed.error, "Lambda.ServiceException");
        const mended = await runAliasMachine(definition, { broken: { state, times: 2 } });
        assert.deepEqual([mended.moves, mended.error], [[...shares(percents), "14"], undefined]);
      }),
      { numRuns: 20 },
    );
  });

  for (const [state] of tasks) {
    it(`gives everything back when "${state}" goes on failing, with 10, 50 and 100`, async () => {
      const at = [10, 50, 100].findIndex((percent) => state.endsWith(` ${percent} per cent`));
      const { moves } = await runAliasMachine(tested, { broken: { state } });
      assert.deepEqual(moves, [...shares(visitedBefore(state, [10, 50, 100], at)), "13"]);
    });
  }
});
