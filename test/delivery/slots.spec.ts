import assert from "node:assert/strict";
import { slotAlarmsPath, slotTarget } from "../../components/delivery/slot-target.ts";
import { stateMachine } from "../../components/delivery/state-machine.ts";
import { rollbackCommand, statusCommand } from "../../delivery/commands.ts";
import { smallAccount } from "../aws/account.ts";
import { fakeAws, type FakeAws } from "../aws/server.ts";
import { slotAccount, slotNamesOf } from "../aws/slot-account.ts";
import { imageDigest, revisionOf } from "../aws/slots.ts";
import { World } from "../aws/world.ts";
import { eventually } from "../eventually.ts";

const family = "slipway-staging-patients";
const cluster = "slipway-staging-fleet";
const machineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${family}-slots-rollout`;
const { familyArn, ruleArn, blueGroup, greenGroup } = slotNamesOf(family, cluster);
const alarms = ["blue", "green"].map((slot) => `${family}-${slot}-new-server-errors`);
const imageOf = (revision: string) =>
  `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${imageDigest(revision)}`;

let world: World;
let aws: FakeAws;

beforeEach(async () => {
  const blue = { service: `${family}-blue`, group: blueGroup, alarms: [alarms[0]!] };
  const green = { service: `${family}-green`, group: greenGroup, alarms: [alarms[1]!] };
  const target = slotTarget({ clusterName: cluster, familyArn, ruleArn, minTasks: 1, maxTasks: 4, blue, green });
  const watched = { path: slotAlarmsPath, count: 1 };
  const plan = { partition: "aws", steps: [10, 100], bakeMinutes: 1, alarms: watched, smokeTest: true };
  const definition = JSON.stringify(stateMachine(plan, target));
  const account = smallAccount({ functionName: "none", latest: 0, live: "", alarms, machineArn, definition });
  world = new World({ ...account, slots: slotAccount(family, cluster) });
  world.minuteMillis = 1;
  world.slots!.startLooks = 0;
  aws = await fakeAws(world);
});
afterEach(() => aws.close());

/** Runs a command in this process, against the fake account. */
async function run(command: typeof statusCommand, args: string[]) {
  const lines: string[] = [];
  Object.assign(process.env, aws.env);
  try {
    await command(args, (text) => void lines.push(`${text}\n`));
    return { failed: undefined, stdout: lines.join("") };
  } catch (error) {
    return { failed: (error as Error).message, stdout: lines.join("") };
  } finally {
    for (const key of Object.keys(aws.env)) delete process.env[key];
  }
}

/** Shifts to `to` and waits for the end of it. */
async function shifted(from: string, to: string): Promise<void> {
  const execution = world.start(machineArn, `${from}-to-${to}-1`, JSON.stringify({ from, to }));
  await eventually(() => execution.status !== "RUNNING");
}

const now = () =>
  ["blue", "green"].map((slot) => {
    const { taskDefinition, desiredCount } = world.slots!.account.service(cluster, `${family}-${slot}`)!;
    return `${slot} ${revisionOf(taskDefinition)} x${desiredCount}`;
  });

describe("commands on a service in two slots", () => {
  const rollback = (...args: string[]) =>
    run(rollbackCommand, ["--stack", "staging", "--service", "patients", "--reason", "orders fail", ...args]);

  it("roll back to the revision before, in the slot that was stopped", async () => {
    await shifted("13", "14");
    assert.deepEqual(now(), ["blue 13 x0", "green 14 x3"]);
    const { failed, stdout } = await rollback();
    assert.equal(failed, undefined);
    assert.deepEqual([now(), world.slots!.moves.at(-1)], [["blue 13 x3", "green 14 x0"], "100/0"]);
    assert.match(
      stdout,
      /^patients: all traffic is on version 13, was on 14\npatients: answers 200 to \/health\/patients\n/,
    );
    assert.ok(stdout.includes(`pulumi config set slipway:image ${imageOf("13")} --stack staging`));
  });

  it("stop a shift that is under way, and give its traffic back at once", async () => {
    world.minuteMillis = 600;
    world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => world.slots!.moves.length > 0);
    const { failed, stdout } = await rollback("--to", "13");
    assert.deepEqual([failed, world.executions[0]!.status], [undefined, "ABORTED"]);
    assert.deepEqual(
      [now(), world.slots!.moves],
      [
        ["blue 13 x3", "green 14 x0"],
        ["90/10", "100/0"],
      ],
    );
    assert.match(stdout, /^stopped the shift from version 13 to 14\n/);
  });

  it("fail when no target is healthy afterwards, with the traffic moved", async () => {
    await shifted("13", "14");
    world.slots!.emptied.add(blueGroup);
    const { failed } = await rollback();
    assert.match(failed!, /version 13 has the traffic and answers nothing to \/health\/patients: roll back further/);
  });

  it("refuse a revision whose image is gone, before anything moves", async () => {
    await shifted("13", "14");
    world.lostImages.add(imageDigest("13"));
    const { failed } = await rollback();
    assert.match(failed!, /^version 13 runs .*, which is gone from the registry, nothing was moved/);
    assert.deepEqual(now(), ["blue 13 x0", "green 14 x3"]);
  });

  it("show what runs where, the shares and the alarms", async () => {
    world.slots!.account.setRule(ruleArn, { [blueGroup]: 90, [greenGroup]: 10 });
    world.firing.add(alarms[1]!);
    const { failed, stdout } = await run(statusCommand, ["--stack", "staging"]);
    assert.equal(failed, undefined);
    assert.deepEqual(stdout.split("\n").slice(1, 6), [
      "",
      "patients: 90 % on version 13, 10 % on version 12",
      `  version 13 runs ${imageOf("13")}`,
      `  version 12 runs ${imageOf("12")}`,
      `  ALARM: ${alarms[1]}`,
    ]);
  });
});
