import assert from "node:assert/strict";
import { rollbackCommand, statusCommand } from "../../delivery/commands.ts";
import { imageDigest } from "../aws/slots.ts";
import { eventually } from "../eventually.ts";
import { alarms, blueGroup, greenGroup, imageOf, machineArn, ruleArn, slotCommandSite } from "./slot-command-site.ts";

describe("commands on a service in two slots", () => {
  const site = slotCommandSite();
  const rollback = (...args: string[]) =>
    site.run(rollbackCommand, ["--stack", "staging", "--service", "patients", "--reason", "orders fail", ...args]);

  it("roll back to the revision before, in the slot that was stopped", async () => {
    await site.shifted("13", "14");
    assert.deepEqual(site.now, ["blue 13 x0", "green 14 x3"]);
    const { failed, stdout } = await rollback();
    assert.equal(failed, undefined);
    assert.deepEqual([site.now, site.world.slots!.moves.at(-1)], [["blue 13 x3", "green 14 x0"], "100/0"]);
    assert.match(stdout, /^patients: all traffic is on version 13, was on 14\n\nThe stack still wants version 14/m);
    assert.match(stdout, /\n\npatients: answers 200 to \/health\/patients\n$/);
    assert.ok(stdout.includes(`pulumi config set slipway:image ${imageOf("13")} --stack staging`));
  });

  it("stop a shift that is under way, and give its traffic back at once", async () => {
    // It stays at its first step: what looks at the alarms there gets no answer.
    site.world.before = async (call) => {
      if (call === "describeAlarms" && site.slots.moves.length > 0) await new Promise<void>(() => undefined);
    };
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => site.world.slots!.moves.length > 0);
    const { failed, stdout } = await rollback("--to", "13");
    assert.deepEqual([failed, site.world.executions[0]!.status], [undefined, "ABORTED"]);
    assert.deepEqual(
      [site.now, site.world.slots!.moves],
      [
        ["blue 13 x3", "green 14 x0"],
        ["90/10", "100/0"],
      ],
    );
    assert.match(stdout, /^stopped the shift from version 13 to 14\n/m);
  });

  it("fail when no target is healthy afterwards, with the traffic moved", async () => {
    await site.shifted("13", "14");
    site.world.slots!.emptied.add(blueGroup);
    const { failed } = await rollback();
    assert.match(failed!, /version 13 has the traffic and answers nothing to \/health\/patients: roll back further/);
  });

  it("refuse a revision whose image is gone, before anything moves", async () => {
    await site.shifted("13", "14");
    site.world.lostImages.add(imageDigest("13"));
    const { failed } = await rollback();
    assert.match(failed!, /^version 13 runs .*, which is gone from the registry, nothing was moved/);
    assert.deepEqual(site.now, ["blue 13 x0", "green 14 x3"]);
  });

  it("show tasks that run without traffic, but for those that a shift has just loaded", async () => {
    const green = { cluster: "slipway-staging-fleet", service: "slipway-staging-patients-green" };
    const { account } = site.slots;
    const told = /^ {2}\d tasks of slipway-staging-patients-green run without traffic: stop them with (.+)$/m;
    const shown = async () => told.exec((await site.run(statusCommand, ["--stack", "staging"])).stdout)?.[1];
    assert.equal(await shown(), undefined);
    account.setService(green.cluster, green.service, {
      ...account.service(green.cluster, green.service)!,
      desiredCount: 2,
    });
    const stop = `aws ecs update-service --cluster ${green.cluster} --service ${green.service} --desired-count 0`;
    assert.equal(await shown(), stop);
    site.world.minuteMillis = 60_000;
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    assert.equal(await shown(), undefined);
  });

  it("show what runs where, the shares and the alarms", async () => {
    site.world.slots!.account.setRule(ruleArn, { [blueGroup]: 90, [greenGroup]: 10 });
    site.world.firing.add(alarms[1]!);
    const { failed, stdout } = await site.run(statusCommand, ["--stack", "staging"]);
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
