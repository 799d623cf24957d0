import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { errors, duration, rules, Site } from "./site.ts";

describe("what a shift stands on", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);

  it("may be an alarm that needs time to look at the new version", async () => {
    site.world.firing.add(errors);
    let looks = 0;
    site.world.before = (call) => void (call === "DescribeAlarms" && ++looks === 3 && site.world.firing.clear());
    await shift();
    assert.equal(site.live, "14");
  });

  it("may be an alarm on the version itself, beside others that look at the service", async () => {
    site.world.account.watched = (name) => (name === errors ? ["14"] : ["1"]);
    await shift("14", { versionAlarms: [errors] });
    assert.equal(site.live, "14");
  });

  const refusals: [string, () => unknown, object, RegExp][] = [
    [
      "while an alarm fires",
      () => site.world.firing.add(errors),
      {},
      /slipway-test-patients-new-errors fires already, no traffic was moved: wait until/,
    ],
    [
      "when forced with every alarm firing",
      () => [errors, duration].forEach((name) => site.world.firing.add(name)),
      { onAlarmAtStart: "force" },
      /no other alarm is left to watch, no traffic was moved$/,
    ],
    [
      "with an alarm that does not exist",
      () => undefined,
      { alarms: [errors, "nobody-made-it"] },
      /alarm nobody-made-it does not exist, no traffic was moved: correct its name/,
    ],
    [
      "with an alarm that still looks at the version before",
      () => (site.world.account.watched = () => ["13"]),
      { versionAlarms: [duration] },
      /patients: alarm slipway-test-patients-new-duration watches version 13, not 14, no traffic was moved: run pulumi up without --target$/,
    ],
    [
      "with an alarm that looks at no version where it should, even when forced",
      () => [errors, duration].forEach((name) => site.world.firing.add(name)),
      { versionAlarms: [errors], onAlarmAtStart: "force" },
      /alarm slipway-test-patients-new-errors watches version none, not 14, no traffic was moved/,
    ],
    [
      "while another shift is under way and onConflict is refuse",
      () => site.started("by-hand", "13", "12"),
      { onConflict: "refuse" },
      /a shift from version 13 to 12 is under way, no traffic was moved: wait for it/,
    ],
  ];
  for (const [why, arrange, changes, message] of refusals) {
    it(`fails ${why}, before anything moves`, async () => {
      arrange();
      const begun = site.world.executions.length;
      await assert.rejects(shift("14", changes), message);
      assert.equal(site.world.executions.length, begun);
    });
  }

  it("fails on a version that never existed, before anything moves", async () => {
    await assert.rejects(
      shift("99"),
      /^Error: patients: version 99 does not exist, no traffic was moved: run pulumi up --refresh$/,
    );
    assert.deepEqual(site.world.moves, []);
  });
});
