import assert from "node:assert/strict";
import { alarm, onceSaid, rolledOut, rolloutLane } from "./rollout-lane.ts";

const aliasUpdate = "update aws:lambda/alias:Alias patients-live";

/** The version of the alias as the state of the stack has it. */
async function recorded(stack: { exportStack(): Promise<{ deployment: any }> }): Promise<string> {
  const { deployment } = await stack.exportStack();
  const alias = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("::patients-live"));
  return alias.inputs.functionVersion;
}

describe("a rollout inside pulumi up", () => {
  const lane = rolloutLane();

  it("does not shift at the first deployment, and nothing at a second one without a change", async () => {
    const stack = await lane.deployed();
    await stack.up({ expectNoChanges: true });
    assert.deepEqual([lane.world.executions, lane.live()], [[], { version: "1", weights: {} }]);
  });

  it("takes a new version up the steps, says where it is, and then the state agrees", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    await stack.preview();
    assert.deepEqual(lane.world.executions, []);

    // It stays at its first step until that is told.
    const { stdout } = await stack.up(onceSaid("10 % on version 2", lane.held(1)));
    assert.deepEqual(lane.world.moves, ["1 2:0.1", "1 2:0.5", "1 2:1", "2"]);
    assert.match(
      stdout,
      /patients: shifts from version 1 to 2: https:\/\/eu-west-1\.console\.aws\.amazon\.com\/states/,
    );
    assert.match(stdout, /patients: 10 % on version 2, \d of 7 min, alarms quiet/);
    assert.match(stdout, /patients: 100 % on version 2, done/);
    assert.doesNotMatch(stdout, /patients: (done|choose|watch|make new)/);
    assert.deepEqual([await recorded(stack), lane.live()], ["2", { version: "2", weights: {} }]);
    assert.ok(lane.box.cloud.drain().includes(aliasUpdate));
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
  });

  it("fails when an alarm takes the version off, keeps the old one, and tries again at the next up", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    lane.world.before = (call) =>
      void (call === "describeAlarms" && lane.world.moves.length === 2 && lane.world.firing.add(alarm));
    await assert.rejects(stack.up(), ({ message }: Error) => {
      assert.match(
        message,
        /patients: version 2 was rolled back, all traffic is on version 1: slipway-dev-patients-new-errors fired at 50 per cent on version 2; https:/,
      );
      return true;
    });
    assert.deepEqual(lane.world.moves, ["1 2:0.1", "1 2:0.5", "1"]);
    assert.deepEqual([await recorded(stack), lane.live()], ["1", { version: "1", weights: {} }]);

    lane.world.before = () => undefined;
    lane.world.firing.clear();
    await stack.up();
    assert.deepEqual([await recorded(stack), lane.live()?.version], ["2", "2"]);
    assert.deepEqual(
      lane.world.executions.map(({ name, status }) => `${name} ${status}`),
      ["1-to-2-1 FAILED", "1-to-2-2 SUCCEEDED"],
    );
  });

  it("refuses before anything moves while a rollback alarm fires, and goes on without it when forced", async () => {
    const stack = await lane.deployed();
    lane.world.firing.add(alarm);
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    await assert.rejects(
      stack.up(),
      /slipway-dev-patients-new-errors fires already, no traffic was moved: wait until it is quiet/,
    );
    assert.deepEqual([lane.world.executions, lane.world.moves], [[], []]);

    stack.workspace.program = rolledOut({ memoryMiB: 1024, rollout: { onAlarmAtStart: "force" } });
    await stack.up();
    assert.deepEqual(lane.world.moves, ["1 2:0.1", "1 2:0.5", "1 2:1", "2"]);
  });

  it("refuses an alarm that does not exist", async () => {
    const rollout = { alarms: [{ name: "nobody-made-it", minutes: 1 }] };
    const stack = await lane.deployed({ rollout });
    stack.workspace.program = rolledOut({ memoryMiB: 1024, rollout });
    await assert.rejects(stack.up(), /alarm nobody-made-it does not exist, no traffic was moved/);
    assert.deepEqual(lane.world.moves, []);
  });

  it("refuses alarms that an update of the function alone has left on the version before", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    const { deployment } = await stack.exportStack();
    const target = (deployment.resources as { urn: string }[])
      .map(({ urn }) => urn)
      .filter((urn) => /::patients-(function|live)$/.test(urn));
    await assert.rejects(
      stack.up({ target }),
      /alarm slipway-dev-patients-new-[a-z-]+ watches version 1, not 2, no traffic was moved: run pulumi up without --target/,
    );
    assert.deepEqual([lane.world.moves, lane.world.executions], [[], []]);
    await stack.up();
    assert.equal(lane.live()?.version, "2");
  });

  it("gives no traffic to a version that fails its smoke test", async () => {
    const rollout = { smokeTest: { request: { method: "GET", path: "/health/patients" } } };
    const stack = await lane.deployed({ rollout });
    lane.world.smokeStatus = 503;
    stack.workspace.program = rolledOut({ memoryMiB: 1024, rollout });
    await assert.rejects(stack.up(), /all traffic is on version 1: version 2 did not pass the smoke test/);
    assert.deepEqual(lane.world.moves, ["1"]);

    lane.world.smokeStatus = 200;
    await stack.up();
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
  });

  it("is not needed to mend a live version that is broken: its failures are not the new version's", async () => {
    const stack = await lane.deployed();
    lane.world.firing.add("slipway-dev-patients-errors");
    stack.workspace.program = rolledOut({ memoryMiB: 1024 });
    await stack.up();
    assert.equal(lane.live()?.version, "2");
  });
});
