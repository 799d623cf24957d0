import assert from "node:assert/strict";
import type { Node } from "../../../local/graph.ts";
import { AliasTable } from "../../../local/lambda/aliases.ts";
import { readFunctions } from "../../../local/lambda/function-spec.ts";
import type { FunctionSpec } from "../../../local/lambda/function-spec.ts";
import { LocalRollouts, type ShiftWatch } from "../../../local/rollout/local-rollouts.ts";
import type { EnteredState } from "../../../local/rollout/machine.ts";
import { outcome, tally, told } from "../../../local/rollout/telling.ts";
import { recorded } from "../../recorded.ts";

const functionName = "slipway-staging-patients";
const minuteMillis = 1;

describe("local rollouts", () => {
  let nodes: Node[];
  before(async () => void ({ nodes } = await recorded("staging")));

  /** A lane whose clock stands still but for `clock.millis`. */
  function lane() {
    const clock = { millis: 0 };
    const now = () => clock.millis;
    const aliases = new AliasTable(nodes);
    const published: FunctionSpec[] = [];
    const smoke = { status: 200 };
    const host = {
      publish: (spec: FunctionSpec) => void published.push(spec),
      invoke: async () => ({
        requestId: "r",
        executedVersion: "2",
        payload: JSON.stringify({ statusCode: smoke.status }),
      }),
    };
    const services = () => assert.fail("no service of this stack is in two slots");
    const functions = readFunctions(nodes);
    const rollouts = new LocalRollouts({ nodes, functions, aliases, host, services, minuteMillis, now });
    const live = () => aliases.find(functionName, "live")!;
    const report = (version: string, errorType?: string, durationMillis = 5) =>
      rollouts.observe({
        ...{
          functionName,
          version,
          qualifier: "live",
          requestId: "r",
          traceId: "t",
          durationMillis,
          memoryMiB: 512,
        },
        errorType,
      });
    const line = (version: string, status: number) =>
      rollouts.read({
        ...{ functionName, version, logGroup: `/aws/lambda/${functionName}`, stream: "stdout" },
        line: JSON.stringify({ message: "request", status, function_version: version }),
      });
    return { aliases, published, smoke, rollouts, live, report, line, clock };
  }

  /** Shifts to a new version, with a minute of `traffic` before each look at the alarms. */
  function shiftUnder(traffic: () => void, { rollouts, clock }: ReturnType<typeof lane>, watch: ShiftWatch = {}) {
    const beforeLook = async () => {
      traffic();
      clock.millis += minuteMillis;
    };
    return rollouts.shift(functionName, rollouts.publish(functionName), { beforeLook, ...watch });
  }

  it("take a version up the steps of the stack's own state machine", async () => {
    const l = lane();
    const seen: string[] = [];
    const onEntered = (entered: EnteredState) => void (told(entered) && seen.push(told(entered)!));
    const ended = await shiftUnder(() => l.report("2"), l, { onEntered });
    assert.deepEqual([ended, outcome(ended, "2")], [{ status: "SUCCEEDED" }, "version 2 has all the traffic"]);
    assert.deepEqual(seen, [
      "version 2 is tried before it has any traffic",
      "10 % on version 2",
      "50 % on version 2",
      "100 % on version 2",
    ]);
    assert.deepEqual(l.live(), { functionVersion: "2", additionalVersionWeights: {} });
  });

  for (const [what, alarm, traffic] of [
    ["fails", "errors", (l: ReturnType<typeof lane>) => l.report("2", "Error")],
    ["answers 500", "server-errors", (l: ReturnType<typeof lane>) => l.line("2", 500)],
  ] as const) {
    it(`give the traffic back when the new version ${what}`, async () => {
      const l = lane();
      const { status, error, cause } = await shiftUnder(() => [1, 2, 3].forEach(() => traffic(l)), l);
      assert.deepEqual([status, error], ["FAILED", "AlarmFired"]);
      assert.match(cause!, new RegExp(`^${functionName}-new-${alarm} fired at 10 per cent on version 2$`));
      assert.deepEqual(l.live(), { functionVersion: "1", additionalVersionWeights: {} });
    });
  }

  it("give the traffic back when the new version takes its time for five minutes in a row", async () => {
    const l = lane();
    const to = l.rollouts.publish(functionName);
    const slow = (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++, l.clock.millis += minuteMillis) {
        for (const durationMillis of [20, 5001, 5001]) l.report("2", undefined, durationMillis);
      }
    };
    slow(4);
    assert.deepEqual(await l.rollouts.shift(functionName, to), { status: "SUCCEEDED" });

    slow(1);
    l.aliases.set(functionName, "live", { functionVersion: "1", additionalVersionWeights: {} });
    const { error, cause } = await l.rollouts.shift(functionName, to);
    assert.deepEqual([error, cause], ["AlarmFired", `${functionName}-new-duration fired at 10 per cent on version 2`]);
  });

  it("look at the alarms once there is something to see, however long the requests take", async () => {
    const { rollouts, report, clock } = lane();
    let looks = 0;
    const beforeLook = async () => {
      // Nothing of the new version comes by while time passes; then all at once.
      if (++looks < 3) return;
      await new Promise(setImmediate);
      clock.millis += 2 * minuteMillis;
      for (let run = 0; run < 3; run++) report("2", "Error");
      clock.millis += minuteMillis;
    };
    const { error } = await rollouts.shift(functionName, rollouts.publish(functionName), { beforeLook });
    assert.deepEqual([error, looks], ["AlarmFired", 3]);
  });

  it("do not mind an old version that fails", async () => {
    const l = lane();
    const failing = () => [1, 2, 3].forEach(() => [l.report("1", "Error"), l.line("1", 500)]);
    assert.deepEqual(await shiftUnder(failing, l), { status: "SUCCEEDED" });
  });

  it("give no traffic to a version that fails its smoke test", async () => {
    const { rollouts, smoke, live } = lane();
    smoke.status = 503;
    const { error, cause } = await rollouts.shift(functionName, rollouts.publish(functionName));
    assert.deepEqual([error, cause], ["SmokeTestFailed", "version 2 did not pass the smoke test"]);
    assert.equal(live().functionVersion, "1");
  });

  it("publish versions that differ from what works, not from the last mistake", () => {
    const { rollouts, published } = lane();
    assert.deepEqual(
      [rollouts.publish(functionName, { DATABASE_USER: "nobody" }), rollouts.publish(functionName)],
      ["2", "3"],
    );
    assert.deepEqual(
      published.map(({ environment }) => environment.DATABASE_USER),
      ["nobody", functionName],
    );
  });

  it("count answers by version", () => {
    const answer = (executedVersion: string | undefined, status: number) => ({ executedVersion, status });
    assert.equal(
      tally([answer("10", 200), answer("9", 500), answer("9", 404), answer(undefined, 401)]),
      "version 9 2 (1 failed), version 10 1",
    );
    assert.equal(tally([answer(undefined, 401)]), "no requests");
  });

  it("fail on a function without a rollout, and on one that is not there", async () => {
    const { rollouts } = lane();
    await assert.rejects(
      rollouts.shift("slipway-staging-migrations", "2"),
      /^Error: "slipway-staging-migrations" has no rollout in this stack$/,
    );
    assert.throws(
      () => rollouts.publish("nobody"),
      /function or service "nobody" does not exist: use one of slipway-staging-/,
    );
  });
});
