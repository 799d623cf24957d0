import assert from "node:assert/strict";
import { onceSaid } from "./rollout-lane.ts";
import { slotsLane, slotted } from "./slots-lane.ts";

const alarm = "slipway-dev-patients-green-new-server-errors";

/** The live revision as the state of the stack has it. */
async function recorded(stack: { exportStack(): Promise<{ deployment: any }> }): Promise<string> {
  const { deployment } = await stack.exportStack();
  const record = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("::patients-revision"));
  return record.inputs.insecureValue;
}

describe("a service in two slots inside pulumi up", () => {
  const lane = slotsLane();

  it("does not shift at the first deployment, and nothing at a second one without a change", async () => {
    const stack = await lane.deployed();
    await stack.up({ expectNoChanges: true });
    assert.deepEqual([lane.world.executions, lane.now], [[], "blue 1 x2 100, green 1 x0 0"]);
  });

  it("takes a new revision up the steps in the idle slot, and then nothing is drift", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await stack.preview();
    assert.deepEqual(lane.world.executions, []);

    // It stays at its first step until that is told.
    const { stdout } = await stack.up(onceSaid("10 % on version 2", lane.held(1)));
    assert.deepEqual(lane.slots.moves, ["90/10", "50/50", "0/100"]);
    assert.match(
      stdout,
      /patients: shifts from version 1 to 2: https:\/\/eu-west-1\.console\.aws\.amazon\.com\/states/,
    );
    assert.match(stdout, /patients: 10 % on version 2, \d of 7 min, alarms quiet/);
    assert.match(stdout, /patients: 100 % on version 2, done/);
    assert.deepEqual([await recorded(stack), lane.now], ["2", "blue 1 x0 0, green 2 x2 100"]);
    const changed = lane.box.cloud.drain().filter((line) => !line.startsWith("delete"));
    assert.deepEqual(changed, [
      "create aws:ecs/taskDefinition:TaskDefinition patients-task",
      "update aws:ssm/parameter:Parameter patients-revision",
    ]);
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
  });

  it("goes back to the first slot with the next revision, also after a refresh", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await stack.up();
    stack.workspace.program = slotted({ memoryMiB: 2048 });
    await stack.up({ refresh: true });
    assert.deepEqual([await recorded(stack), lane.now], ["3", "blue 3 x2 100, green 2 x0 0"]);
    assert.deepEqual(lane.slots.moves.slice(3), ["10/90", "50/50", "100/0"]);
  });

  it("fails when an alarm takes the revision off, keeps the old one, and tries again at the next up", async () => {
    const stack = await lane.deployed();
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    lane.world.before = (call) =>
      void (call === "describeAlarms" && lane.slots.moves.length === 2 && lane.world.firing.add(alarm));
    await assert.rejects(stack.up(), ({ message }: Error) => {
      assert.match(
        message,
        /patients: version 2 was rolled back, all traffic is on version 1: slipway-dev-patients-green-new-server-errors fired at 50 per cent on version 2; https:/,
      );
      return true;
    });
    assert.deepEqual(lane.slots.moves, ["90/10", "50/50", "100/0"]);
    assert.deepEqual([await recorded(stack), lane.now], ["1", "blue 1 x2 100, green 2 x0 0"]);

    lane.world.before = () => undefined;
    lane.world.firing.clear();
    await stack.up();
    assert.deepEqual([await recorded(stack), lane.now], ["2", "blue 1 x0 0, green 2 x2 100"]);
    assert.deepEqual(
      lane.world.executions.map(({ name, status }) => `${name} ${status}`),
      ["1-to-2-1 FAILED", "1-to-2-2 SUCCEEDED"],
    );
  });

  it("fails when the tasks of the revision do not start, with the traffic where it was", async () => {
    const stack = await lane.deployed();
    lane.slots.broken.add("2");
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await assert.rejects(
      stack.up(),
      /all traffic is on version 1: TasksFailed: ECS could not start the tasks of version 2/,
    );
    assert.deepEqual([await recorded(stack), lane.now], ["1", "blue 1 x2 100, green 1 x0 0"]);
  });

  it("that never came up at its first deployment is mended by another revision and a refresh", async () => {
    const stack = await lane.fresh();
    const { cloud } = lane.box;
    cloud.unready = ({ name }) => (name === "patients-blue-service" ? "no task became healthy" : undefined);
    await assert.rejects(stack.up(), /no task became healthy/);
    // ECS has the service, and goes on trying; nothing says yet that its revision is live.
    assert.equal(lane.now, "blue 1 x2 100, green 1 x0 0");
    assert.deepEqual(cloud.ofType("aws:ssm/parameter:Parameter"), []);

    cloud.unready = () => undefined;
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await stack.up({ refresh: true });
    assert.deepEqual([await recorded(stack), lane.now], ["2", "blue 1 x0 0, green 2 x2 100"]);
    assert.deepEqual(lane.slots.moves, ["90/10", "50/50", "0/100"]);
    await stack.up({ expectNoChanges: true });
  });

  it("is not needed to mend a live slot that is broken: its failures are not the new revision's", async () => {
    const stack = await lane.deployed();
    lane.world.firing.add(alarm.replace("green", "blue"));
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await stack.up();
    assert.equal(lane.now, "blue 1 x0 0, green 2 x2 100");
  });

  it("shows no drift to a refresh while weights are shifted", async () => {
    const stack = await lane.deployed();
    const [rule] = lane.box.cloud.ofType("aws:lb/listenerRule:ListenerRule");
    const groups = lane.slots.account.rule(rule!.id)!;
    lane.slots.account.setRule(rule!.id, Object.fromEntries(Object.keys(groups).map((group) => [group, 50])));
    const green = "slipway-dev-patients-green";
    lane.slots.account.setService("", green, { ...lane.slots.account.service("", green)!, desiredCount: 5 });
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    assert.equal(lane.now, "blue 1 x2 50, green 1 x5 50");
  });

  it("goes on by itself when the program loses sight of it, and is followed to its end by the next up", async () => {
    const stack = await lane.deployed();
    const release = lane.held(1);
    const answering = lane.world.before;
    lane.world.before = (call, parameters) => {
      if (call === "DescribeExecution") throw new Error("no route to host");
      return answering(call, parameters);
    };
    stack.workspace.program = slotted({ memoryMiB: 1024 });
    await assert.rejects(stack.up(), /lost sight of the shift, which goes on by itself: run pulumi up again/);

    lane.world.before = answering;
    await stack.up(onceSaid("follows the shift", release));
    assert.deepEqual([lane.world.executions.length, lane.now], [1, "blue 1 x0 0, green 2 x2 100"]);
    await stack.up({ expectNoChanges: true });
  });

  it("leaves nothing behind when it is destroyed", async () => {
    const stack = await lane.deployed();
    await stack.destroy();
    assert.deepEqual([...lane.box.cloud.things.keys()], []);
  });
});
