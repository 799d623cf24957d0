import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { eventually } from "../../../eventually.ts";
import { alarmOf, machineArn, names, rules, SlotSiteOfTests } from "./slot-site.ts";

describe("shiftTraffic between two slots", () => {
  let site: SlotSiteOfTests;
  beforeEach(async () => void (site = await SlotSiteOfTests.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);
  const executions = () => site.world.executions.map(({ name, status }) => `${name} ${status}`);

  it("takes the revision up the steps in the idle slot, and stops the other", async () => {
    await shift();
    assert.deepEqual(site.slots.moves, ["90/10", "50/50", "0/100"]);
    assert.equal(site.now, "blue 13 x0 0, green 14 x3 100");
    assert.match(site.said[0]!, /^shifts from version 13 to 14: https:/);
    assert.equal(site.said.at(-1), "100 % on version 14, done");
  });

  it("goes back and forth between the slots", async () => {
    await shift();
    await shift("12");
    assert.equal(site.now, "blue 12 x3 100, green 14 x0 0");
    assert.deepEqual(executions(), ["13-to-14-1 SUCCEEDED", "14-to-12-1 SUCCEEDED"]);
  });

  it("does nothing for the revision that has the traffic already", async () => {
    await shift("13");
    assert.deepEqual([site.world.executions, site.slots.loads, site.said], [[], [], []]);
  });

  it("fails with the alarm, the step and the link once the traffic is back", async () => {
    site.world.before = () => void (site.slots.moves.length === 2 && site.world.firing.add(alarmOf("green")));
    await assert.rejects(
      shift(),
      /^Error: patients: version 14 was rolled back, all traffic is on version 13: slipway-test-patients-green-new-server-errors fired at 50 per cent on version 14; https:/,
    );
    assert.equal(site.now, "blue 13 x3 100, green 14 x0 0");
  });

  it("fails when ECS cannot start the tasks", async () => {
    site.slots.broken.add("14");
    await assert.rejects(
      shift(),
      /all traffic is on version 13: TasksFailed: ECS could not start the tasks of version 14; https:/,
    );
    assert.equal(site.now, "blue 13 x3 100, green 12 x0 0");
  });

  it("is not kept from mending a live slot that is broken", async () => {
    site.world.firing.add(alarmOf("blue"));
    await shift();
    assert.equal(site.now, "blue 13 x0 0, green 14 x3 100");
  });

  it("fails while an alarm of the idle slot fires, before anything moves", async () => {
    site.world.firing.add(alarmOf("green"));
    await assert.rejects(shift(), /slipway-test-patients-green-new-server-errors fires already, no traffic was moved/);
    assert.deepEqual([site.world.executions, site.slots.loads], [[], []]);
  });

  it("fails on a revision that does not exist, before anything moves", async () => {
    await assert.rejects(shift("15"), /version 15 does not exist, no traffic was moved/);
    assert.deepEqual(site.slots.loads, []);
  });

  it("fails while there is no state machine that knows the slots", async () => {
    site.world.account.machine = () => undefined;
    await assert.rejects(shift(), /nothing has traffic yet: run pulumi up --refresh/);
  });

  it("takes the traffic back itself when the execution was stopped in the middle, and stops the new slot", async () => {
    site.world.minuteMillis = 60_000;
    const shifted = shift();
    await eventually(() => site.slots.loads.length === 1);
    site.weigh(50, 50);
    site.load("green", 14, 3);
    site.world.executions[0]!.abort();
    await assert.rejects(shifted, /all traffic is on version 13: the shift was aborted/);
    assert.equal(site.now, "blue 13 x3 100, green 14 x0 0");
  });

  it("takes back weights that nobody moves any more, to where the last shift came from", async () => {
    const { arn } = site.world.start(machineArn, "by-hand", JSON.stringify({ from: "13", to: "12" }));
    site.world.execution(arn).abort();
    site.weigh(10, 90);
    site.load("green", 12, 3);
    await shift();
    assert.deepEqual(site.slots.moves.slice(-4), ["100/0", "90/10", "50/50", "0/100"]);
    assert.equal(site.now, "blue 13 x0 0, green 14 x3 100");
  });

  const giveAll = async (version: string) => site.ports.traffic.giveAll(version, (await site.ports.traffic.serving())!);

  it("loads a revision that no slot has before it gives it everything at once", async () => {
    await giveAll("9");
    assert.deepEqual(site.slots.loads, ["slipway-test-patients-green 9 x3", "slipway-test-patients-blue 13 x0"]);
    assert.deepEqual(site.slots.moves, ["0/100"]);
    site.slots.broken.add("8");
    await assert.rejects(giveAll("8"), /ECS could not start the tasks of version 8/);
    assert.equal(site.now.split(", ")[1], "green 9 x3 100");
    assert.equal(site.slots.account.rule(names.ruleArn)![names.greenGroup], 100);
  });

  it("starts the slot again that has the traffic and was stopped all the same", async () => {
    site.load("blue", 13, 0);
    assert.equal((await site.ports.traffic.serving())!.empty, true);
    await giveAll("13");
    assert.equal(site.now, "blue 13 x1 100, green 12 x0 0");
  });

  it("starts the tasks again that somebody stops while they are awaited", async () => {
    let looks = 0;
    site.world.before = (call) => void (call === "DescribeServices" && ++looks === 3 && site.load("green", 9, 0));
    await giveAll("9");
    assert.equal(site.now, "blue 13 x0 0, green 9 x3 100");
  });

  it("gives nothing to anybody when somebody else has moved the traffic meanwhile", async () => {
    const { traffic } = site.ports;
    const seen = (await traffic.serving())!;
    site.weigh(0, 100);
    await assert.rejects(traffic.giveAll("13", seen), /somebody else has moved the traffic meanwhile/);
    assert.deepEqual(site.slots.moves, []);
  });

  it("takes back all traffic that a shift kept because it was stopped in its last bake", async () => {
    const input = { from: "13", to: "12", weighted: false };
    const { arn, entered } = site.world.start(machineArn, "by-hand", JSON.stringify(input));
    await eventually(() => entered.length > 0);
    site.world.execution(arn).abort();
    entered.push({ name: "Wait at 100 per cent", data: {} });
    site.weigh(0, 100);
    site.load("green", 12, 3);
    site.slots.moves.length = 0;
    await shift();
    assert.deepEqual(site.slots.moves, ["100/0", "90/10", "50/50", "0/100"]);
    assert.equal(site.now, "blue 13 x0 0, green 14 x3 100");
  });
});
