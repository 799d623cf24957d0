import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { eventually } from "../../../eventually.ts";
import { errors, duration, rules, Site } from "./site.ts";

const climb = ["13 14:0.1", "13 14:0.5", "13 14:1", "14"];

describe("shiftTraffic", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);
  const names = () => site.world.executions.map(({ name, status }) => `${name} ${status}`);

  it("takes the version up the steps and returns when it has everything", async () => {
    await shift();
    assert.deepEqual(site.world.moves, climb);
    assert.match(
      site.said[0]!,
      /^shifts from version 13 to 14: https:\/\/eu-west-1\.console\.aws\.amazon\.com\/states\//,
    );
    assert.equal(site.said.at(-1), "100 % on version 14, done");
  });

  it("does nothing for a version that has the traffic already", async () => {
    await shift("13");
    assert.deepEqual([site.world.executions, site.said], [[], []]);
  });

  it("goes by what the alias serves, not by what the last update wrote", async () => {
    site.serve("12");
    await shift();
    assert.equal(site.world.moves[0], "12 14:0.1");
  });

  it("takes another name for each further attempt", async () => {
    site.world.before = () => void (site.world.moves.length === 1 && site.world.firing.add(errors));
    await assert.rejects(shift());
    site.world.before = () => undefined;
    site.world.firing.clear();
    await shift();
    assert.deepEqual(names(), ["13-to-14-1 FAILED", "13-to-14-2 SUCCEEDED"]);
  });

  it("gives two runs at the same time one execution, also when they watch different alarms", async () => {
    site.world.minuteMillis = 20;
    await Promise.all([shift(), shift("14", { alarms: [errors] })]);
    assert.deepEqual(names(), ["13-to-14-1 SUCCEEDED"]);
    assert.deepEqual(site.world.moves, climb);
  });

  it("follows a shift to the same version that is under way", async () => {
    // It goes on only once it is followed.
    site.world.before = async (call) => {
      if (call === "describeAlarms") await eventually(() => site.said.length > 0);
    };
    site.started("by-hand", "13", "14");
    await shift();
    assert.match(site.said[0]!, /^follows the shift to version 14 that an earlier run started: https:/);
    assert.deepEqual(names(), ["by-hand SUCCEEDED"]);
  });

  it("follows the one under way that the list does not have yet", async () => {
    site.world.minuteMillis = 20;
    site.world.unlisted = true;
    site.world.end(site.started("13-to-14-1", "13", "14"), "FAILED", "AlarmFired");
    site.serve("13");
    site.world.before = (call) => {
      // The other run starts between our look at what is under way and our own start.
      if (call === "StartExecution" && site.world.executions.length === 1) site.started("13-to-14-2", "13", "14");
    };
    await shift("14", { alarms: [errors] });
    assert.deepEqual(names(), ["13-to-14-1 FAILED", "13-to-14-2 SUCCEEDED"]);
  });

  it("does not start from where the traffic was before another run moved it", async () => {
    let begun = false;
    site.world.before = async (call) => {
      if (call !== "StartExecution" || begun) return;
      begun = true;
      await site.ended(site.started("13-to-14-1", "13", "14"));
    };
    await shift();
    assert.deepEqual(names(), ["13-to-14-1 SUCCEEDED"]);
    assert.deepEqual(site.world.moves, climb);
  });

  it("shifts again to a version that had the traffic once and lost it to a roll-back", async () => {
    await shift();
    site.serve("13");
    await shift();
    assert.deepEqual(names(), ["13-to-14-1 SUCCEEDED", "13-to-14-2 SUCCEEDED"]);
  });

  it("goes on when forced, without the alarms that fire, and says how it is to be followed", async () => {
    site.world.firing.add(errors);
    await shift("14", { onAlarmAtStart: "force" });
    const input = { from: "13", to: "14", alarms: [duration], bakeMinutes: 2, longestSeconds: 3000, weighted: true };
    assert.deepEqual(JSON.parse(site.world.executions[0]!.input), input);
  });

  it("fails when the alias is gone", async () => {
    site.world.account.alias = () => undefined;
    await assert.rejects(shift(), /nothing has traffic yet: run pulumi up --refresh/);
  });
});
