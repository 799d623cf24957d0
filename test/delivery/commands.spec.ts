import assert from "node:assert/strict";
import { awsPorts } from "../../components/delivery/shift/aws-ports.ts";
import type { ShiftRules } from "../../components/delivery/shift/rules.ts";
import { shiftTraffic } from "../../components/delivery/shift/shift.ts";
import { rollbackCommand } from "../../delivery/commands.ts";
import { eventually } from "../eventually.ts";
import { alarms, commandSite, digest, functionName, imageOf, machineArn, testSetting } from "./command-site.ts";

const region = "eu-west-1";
const place = { partition: "aws", region, accountId: "123456789012", project: "slipway", stack: "staging" };
const rules: ShiftRules = {
  ...{ workload: "patients", bakeMinutes: 1, longestSeconds: 3000, weighted: true, alarms: [alarms[1]] },
  ...{ onAlarmAtStart: "refuse", onConflict: "wait" },
};

describe("npm run rollback", () => {
  const site = commandSite();
  const standard = ["--stack", "staging", "--service", "patients", "--reason", "orders fail"];
  const rollback = (...args: string[]) => site.run(rollbackCommand, [...standard, ...args]);

  it("gives all traffic to the last version that had it, at once, and says what to commit", async () => {
    await site.shifted(["12", "13"], ["13", "14"]);
    const { failed, stdout } = await rollback();
    assert.equal(failed, undefined);
    assert.deepEqual([site.world.moves, site.world.descriptions], [["13"], ["rolled back from 14 to 13: orders fail"]]);
    assert.match(
      stdout,
      /^slipway staging in eu-west-1, account 123456789012\npatients: all traffic is on version 13, was on 14\n\nThe stack still wants version 14/,
    );
    assert.match(stdout, /\n\npatients: answers 200 to \/health\/patients\n$/);
    assert.ok(
      stdout.includes(`pulumi config set slipway:image ${imageOf(13)} --stack staging, and commit Pulumi.staging.yaml`),
    );
  });

  it("goes further back when asked twice, not to where it came from", async () => {
    await site.shifted(["12", "13"], ["13", "14"]);
    await rollback();
    await rollback();
    assert.deepEqual(site.world.moves, ["13", "12"]);
  });

  it("stops a shift that is under way", async () => {
    await site.shifted(["12", "13"]);
    site.world.minuteMillis = 60_000;
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    const { failed, stdout } = await rollback("--to", "13");
    assert.deepEqual([failed, site.world.executions[1]!.status, site.world.moves.at(-1)], [undefined, "ABORTED", "13"]);
    assert.match(stdout, /^stopped the shift from version 13 to 14\n/m);
  });

  it("keeps the traffic where it puts it while an update still follows the shift", async () => {
    await site.shifted(["12", "13"]);
    site.world.minuteMillis = 60_000;
    const at = { place, functionName, alias: "live", stateMachineName: `${functionName}-rollout` };
    Object.assign(process.env, site.env);
    const { clock } = testSetting();
    const update = shiftTraffic(rules, "14", { ...awsPorts(at, () => undefined), ...clock });
    const failed = assert.rejects(
      update,
      /the traffic is on version 12, as somebody else has set it: the shift was aborted/,
    );
    await eventually(() => site.world.moves.length > 0);
    const { stdout } = await rollback("--to", "12");
    await failed;
    assert.deepEqual(site.world.moves.at(-1), "12");
    assert.match(
      stdout,
      /^stopped the shift from version 13 to 14\npatients: all traffic is on version 12, was on 14\n/m,
    );
  });

  it("fails when the service does not answer afterwards, with the traffic moved", async () => {
    await site.shifted(["12", "13"]);
    site.world.smokeStatus = 503;
    const { failed } = await rollback();
    assert.deepEqual(site.world.moves, ["12"]);
    assert.match(failed!, /version 12 has the traffic and answers 503 to \/health\/patients: roll back further/);
  });

  const refusals: [string, string[], RegExp][] = [
    [
      "a version that never had the traffic",
      ["--to", "9"],
      /^--to 9 never had all the traffic in the last 90 days, nothing was moved: use one of 13, 12$/,
    ],
    ["the version that has it", ["--to", "14"], /^--to 14 has all the traffic already: use one of 13, 12$/],
    [
      "something that is no version",
      ["--to", "latest"],
      /^--to must be last-good or a version such as 13, got "latest"$/,
    ],
    ["a reason that is none", ["--reason", " "], /^--reason is " ", nothing was moved: say why/],
    [
      "a service that does not exist",
      ["--service", "billing"],
      /^--service must be one of patients, appointments, got "billing"$/,
    ],
    [
      "a service that is not deployed",
      ["--service", "appointments"],
      /^appointments is not deployed in eu-west-1 of account 123456789012, nothing was moved: check --stack and --service$/,
    ],
    ["a stack that does not exist", ["--stack", "nowhere"], /^--stack "nowhere" has no Pulumi\.nowhere\.yaml/],
  ];
  for (const [why, args, message] of refusals) {
    it(`refuses ${why}, before anything moves`, async () => {
      await site.shifted(["12", "13"], ["13", "14"]);
      const { failed } = await rollback(...args);
      assert.match(failed!, message);
      assert.deepEqual(site.world.moves, []);
    });
  }

  it("refuses a version whose image is gone, before anything moves", async () => {
    await site.shifted(["12", "13"], ["13", "14"]);
    site.world.lostImages.add(digest(13));
    const { failed } = await rollback();
    assert.equal(
      failed,
      `version 13 runs ${imageOf(13)}, which is gone from the registry, nothing was moved: give another --to`,
    );
    assert.deepEqual(site.world.moves, []);
  });

  it("refuses the first deployment, which has nothing behind it", async () => {
    const { failed } = await rollback();
    assert.match(
      failed!,
      /^--to last-good finds no version before 12 that had all the traffic, nothing was moved: there is none to go back to$/m,
    );
    assert.deepEqual(site.world.moves, []);
  });
});
