import assert from "node:assert/strict";
import { alarm, onceSaid, rolledOut, rolloutLane, until, type Variant } from "./rollout-lane.ts";

describe("a rollout that meets trouble", () => {
  const lane = rolloutLane();

  /** An update to version 2 that has lost sight of its shift, which is held once the alias has been moved so many times. */
  async function outOfSight(moves: number) {
    const stack = await lane.deployed();
    const release = lane.held(moves);
    const answering = lane.world.before;
    lane.world.before = (call, parameters) => {
      if (call === "DescribeExecution") throw new Error("no route to host");
      return answering(call, parameters);
    };
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    await assert.rejects(
      stack.up(),
      /lost sight of the shift, which goes on by itself: run pulumi up again to follow it: .*no route to host/,
    );
    lane.world.before = answering;
    return { stack, release };
  }

  it("goes on by itself when AWS cannot be reached any more, and is followed to its end by the next up", async () => {
    const { stack, release } = await outOfSight(1);
    const second = stack.up(onceSaid("follows the shift", release));
    const { stdout } = await second;
    assert.match(stdout, /follows the shift to version 2 that an earlier run started/);
    assert.equal(lane.world.executions.length, 1);
    assert.deepEqual(lane.world.moves, ["1 2:0.1", "1 2:0.5", "1 2:1", "2"]);
    await stack.up({ expectNoChanges: true });
  });

  it("shows no drift to a refresh during the last bake either, and the next up still learns how it ends", async () => {
    const { stack, release } = await outOfSight(3);
    await until(() => lane.world.moves.length === 3);
    assert.deepEqual(lane.live(), { version: "1", weights: { "2": 1 } });
    await stack.refresh({ expectNoChanges: true });

    lane.world.firing.add(alarm);
    const second = stack.up(onceSaid("follows the shift", release));
    await assert.rejects(second, /all traffic is on version 1: slipway-dev-patients-new-errors fired at 100 per cent/);
    assert.deepEqual(lane.world.moves, ["1 2:0.1", "1 2:0.5", "1 2:1", "1"]);
  });

  it("holds the lock of the stack for as long as it takes, so no second update comes near it", async () => {
    const stack = await lane.deployed();
    const release = lane.held(1);
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    const first = stack.up();
    await until(() => lane.world.moves.length === 1);
    await assert.rejects(stack.up(), /locked/);
    release();
    await first;
    assert.equal(lane.world.executions.length, 1);
  });

  it("shows no drift to a refresh while weights are shifted, and ends well after one", async () => {
    const stack = await lane.deployed();
    const { account } = lane.world;
    account.setAlias("slipway-dev-patients", "live", { version: "1", weights: { "2": 0.1 } });
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    account.setAlias("slipway-dev-patients", "live", { version: "1", weights: {} });

    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    await stack.up({ refresh: true });
    assert.deepEqual(lane.live(), { version: "2", weights: {} });
  });

  it("waits for a shift to another version before the alarms, or the alias under test, turn away from it", async () => {
    const rollout = { smokeTest: { request: { method: "GET", path: "/health/patients" } } };
    const { stack, release } = await shiftedByHand(rollout);
    stack.workspace.program = rolledOut({ memoryMiB: 2048, rollout });
    const turned: string[] = [];
    const update = stack.up(onceSaid("waiting for it", release));
    // The alarms are held back: they look at version 2 until the shift that relies on them has ended.
    lane.box.cloud.before = ({ action, name }) => {
      const ended = lane.world.executions.every(({ status }) => status !== "RUNNING");
      if (action !== "update" || !/^patients-rollout-(new|test)/.test(name)) return;
      turned.push(name);
      assert.ok(ended, name);
    };
    const { stdout } = await update;
    assert.ok(turned.length === 4 && turned.includes("patients-rollout-test"), turned.join());
    assert.match(stdout, /a shift from version 2 to 1 is under way, waiting for it/);
    assert.deepEqual(ends(), ["1-to-2-1 SUCCEEDED", "by-hand SUCCEEDED", "1-to-3-1 SUCCEEDED"]);
  });

  it("cancels a shift to another version and takes its traffic back when told so", async () => {
    const { stack, release } = await shiftedByHand({ onConflict: "cancel" });
    stack.workspace.program = rolledOut({ memoryMiB: 2048, rollout: { onConflict: "cancel" } });
    lane.world.moves.length = 0;
    await stack.up(onceSaid("all traffic is back on version 2", release));
    assert.deepEqual(ends(), ["1-to-2-1 SUCCEEDED", "by-hand ABORTED", "2-to-3-1 SUCCEEDED"]);
    // The shift by hand may make its one move before or after this update begins.
    assert.equal(lane.world.moves.filter((move) => move !== "2 1:0.5")[0], "2");
  });

  it("refuses to touch anything that a shift to another version relies on when told so", async () => {
    const { stack, release } = await shiftedByHand({ onConflict: "refuse" });
    lane.box.cloud.drain();
    stack.workspace.program = rolledOut({ memoryMiB: 2048, rollout: { onConflict: "refuse" } });
    await assert.rejects(stack.up(), /a shift from version 2 to 1 is under way, no traffic was moved: wait for it/);
    assert.deepEqual(lane.box.cloud.drain(), ["update aws:lambda/function:Function patients-function"]);
    release();
    await until(() => lane.world.executions[1]!.status !== "RUNNING");
    await stack.up();
    assert.equal(lane.live()?.version, "3");
  });

  /** Version 2 live, and somebody shifting back to version 1, held at its first step. */
  async function shiftedByHand(rollout: Variant["rollout"] = {}) {
    const stack = await lane.deployed({ rollout });
    stack.workspace.program = rolledOut({ memoryMiB: 1024, rollout });
    await stack.up();
    lane.world.moves.length = 0;
    const release = lane.held(1);
    lane.world.start(machineArn, "by-hand", JSON.stringify({ from: "2", to: "1" }));
    await until(() => lane.world.moves.length === 1);
    return { stack, release };
  }

  const ends = () => lane.world.executions.map(({ name, status }) => `${name} ${status}`);

  it("is safe to destroy in the middle: nothing is left, and the shift ends by itself", async () => {
    const { stack, release } = await shiftedByHand();
    await stack.destroy();
    release();
    await until(() => lane.world.executions[1]!.status !== "RUNNING");
    assert.deepEqual([...lane.box.cloud.things.keys()], []);
    assert.equal(lane.world.executions[1]!.status, "FAILED");
  });
});

const machineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:slipway-dev-patients-rollout";
