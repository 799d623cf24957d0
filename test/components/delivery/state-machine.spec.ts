import assert from "node:assert/strict";
import { StateMachine } from "aws-local-stepfunctions";
import fc from "fast-check";
import {
  longestSeconds,
  stateMachine,
  type Definition,
  type RolloutPlan,
} from "../../../components/delivery/state-machine.ts";
import { aliasTarget } from "../../../components/delivery/traffic-target.ts";

const smokeTest = { request: { method: "GET", path: "/health/patients" } };
const alarms = ["slipway-dev-patients-new-errors", "slipway-dev-patients-new-duration"];
const plan = (changes: Partial<RolloutPlan> = {}): RolloutPlan => ({
  steps: [10, 50, 100],
  bakeMinutes: 3,
  alarms,
  smokeTest: false,
  ...changes,
});
const target = aliasTarget("slipway-dev-patients", "live", smokeTest);

/** What happened to the alias, what the machine read, and how it ended. */
interface Run {
  weights: number[];
  polls: number;
  seconds: number;
  error?: string;
  cause?: string;
}

interface World {
  /** The poll at which the first alarm fires; never unless given. */
  alarmAtPoll?: number;
  /** Alarms that the execution is started with. */
  watched?: string[];
  /** State whose call fails, every time or only the first `times` times. */
  broken?: { state: string; times?: number };
  smokeStatus?: number;
}

/** Runs the definition in an interpreter of the language, against an alias and alarms in memory. */
async function run(definition: Definition, world: World = {}): Promise<Run> {
  const seen: Run = { weights: [], polls: 0, seconds: 0 };
  const failures = new Map<string, number>();
  const handlers: Record<string, (input: any) => Promise<unknown>> = {};
  const waits: Record<string, number> = {};
  const retries: Record<string, number> = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === "Wait") waits[name] = 0;
    if (state.Type !== "Task") continue;
    retries[name] = 0;
    handlers[name] = async (input) => {
      const failed = failures.get(name) ?? 0;
      if (world.broken?.state === name && failed < (world.broken.times ?? Infinity)) {
        failures.set(name, failed + 1);
        throw Object.assign(new Error(`${name} is broken`), { name: "Lambda.ServiceException" });
      }
      return call(String(state.Resource), input);
    };
  }
  const call = (resource: string, input: any): unknown => {
    if (resource.endsWith("describeAlarms")) {
      assert.deepEqual(input.AlarmNames, world.watched?.length ? world.watched : alarms);
      seen.polls += 1;
      seen.seconds += 60;
      const firing = world.alarmAtPoll !== undefined && seen.polls >= world.alarmAtPoll;
      return { MetricAlarms: firing ? [{ AlarmName: alarms[0] }] : [] };
    }
    if (resource.endsWith("lambda:invoke")) return { Payload: { statusCode: world.smokeStatus ?? 200 } };
    assert.ok(resource.endsWith("updateAlias"));
    if (input.Name === "live") seen.weights.push(shareOf("14", input));
    return {};
  };
  // The validator has had these definitions in rollout.spec.ts; here it would take longer than the runs.
  const machine = new StateMachine(definition as never, { validationOptions: { noValidate: true } });
  const overrides = {
    taskResourceLocalHandlers: handlers as never,
    waitTimeOverrides: waits,
    retryIntervalOverrides: retries,
  };
  await machine
    .run({ from: "13", to: "14", ...(world.watched && { alarms: world.watched }) }, { overrides })
    .result.catch(({ cause: { name, message } }) => {
      [seen.error, seen.cause] = [name, message];
    });
  return seen;
}

/** The share of the traffic, in per cent, that an update of the alias gives a version. */
function shareOf(version: string, { FunctionVersion, RoutingConfig }: any): number {
  const weights: Record<string, number> = RoutingConfig.AdditionalVersionWeights;
  if (FunctionVersion === version) return 100 - 100 * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return Math.round(100 * (weights[version] ?? 0));
}

const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 })
  .map((percents) => [...percents.sort((a, b) => a - b), 100]);

describe("rollout state machine", () => {
  it("goes up the steps while the alarms are quiet", async () => {
    const { weights, polls, error } = await run(stateMachine(plan(), target));
    assert.deepEqual([weights, polls, error], [[10, 50, 100], 9, undefined]);
  });

  it("gives everything back when an alarm fires, and says which one, where and on what", async () => {
    const { weights, error, cause } = await run(stateMachine(plan(), target), { alarmAtPoll: 4 });
    assert.deepEqual(
      [weights, error, cause],
      [[10, 50, 0], "AlarmFired", `${alarms[0]} fired at 50 per cent on version 14`],
    );
  });

  for (const watched of [[], [alarms[1]!]]) {
    it(`reads ${watched.length || "all"} of its alarms when started with ${watched.length} of them, never those of others`, async () => {
      const { weights, error } = await run(stateMachine(plan(), target), { watched });
      assert.deepEqual([weights, error], [[10, 50, 100], undefined]);
    });
  }

  it("watches the last step as long as the others", async () => {
    const { weights, error } = await run(stateMachine(plan(), target), { alarmAtPoll: 9 });
    assert.deepEqual([weights, error], [[10, 50, 100, 0], "AlarmFired"]);
  });

  it("visits exactly the steps before the poll at which an alarm fires, whatever the steps", async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 1, max: 3 }),
        fc.option(fc.integer({ min: 1, max: 20 })),
        async (percents, bakeMinutes, at) => {
          const alarmAtPoll = at ?? undefined;
          const fires = alarmAtPoll !== undefined && alarmAtPoll <= percents.length * bakeMinutes;
          const { weights, error } = await run(stateMachine(plan({ steps: percents, bakeMinutes }), target), {
            alarmAtPoll,
          });
          const visited = fires ? percents.slice(0, Math.ceil(alarmAtPoll / bakeMinutes)) : percents;
          assert.deepEqual([weights, error], [fires ? [...visited, 0] : visited, fires ? "AlarmFired" : undefined]);
        },
      ),
      { numRuns: 15 },
    );
  });

  const definition = stateMachine(plan({ smokeTest: true }), target);
  for (const [state, { Type }] of Object.entries(definition.States)) {
    if (Type !== "Task" || state === "Roll back") continue;
    it(`gives everything back when "${state}" goes on failing`, async () => {
      const { weights, error } = await run(definition, { broken: { state } });
      assert.deepEqual([weights.at(-1), error], [0, "Lambda.ServiceException"]);
    });

    it(`goes on when "${state}" fails twice and then works`, async () => {
      const { weights, error } = await run(definition, { broken: { state, times: 2 } });
      assert.deepEqual([weights, error], [[10, 50, 100], undefined]);
    });
  }

  it("keeps trying to give the traffic back", async () => {
    const { weights, error } = await run(definition, { alarmAtPoll: 1, broken: { state: "Roll back", times: 8 } });
    assert.deepEqual([weights, error], [[10, 0], "AlarmFired"]);
  });

  it("fails by another name when the traffic cannot be given back", async () => {
    const { weights, error } = await run(definition, { alarmAtPoll: 1, broken: { state: "Roll back" } });
    assert.deepEqual([weights, error], [[10], "RollBackFailed"]);
  });

  it("gives no traffic to a version that does not pass the smoke test", async () => {
    const { weights, error, cause } = await run(definition, { smokeStatus: 503 });
    assert.deepEqual([weights, error, cause], [[0], "SmokeTestFailed", "version 14 did not pass the smoke test"]);
  });

  it("is bounded beyond the longest way through it", () => {
    assert.equal(definition.TimeoutSeconds, longestSeconds(plan()));
    assert.ok(definition.TimeoutSeconds > 3 * 3 * 60 + 900);
  });
});
