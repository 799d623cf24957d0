import assert from "node:assert/strict";
import { settleConflicts } from "../../../../components/delivery/shift/conflict.ts";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { eventually } from "../../../eventually.ts";
import { functionName, rules, Site } from "./site.ts";

describe("a shift to another version that is under way", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);
  const names = () => site.world.executions.map(({ name, status }) => `${name} ${status}`);

  it("is waited for, and the next one starts from where it ended", async () => {
    site.started("by-hand", "13", "12");
    await shift();
    assert.deepEqual(names(), ["by-hand SUCCEEDED", "12-to-14-1 SUCCEEDED"]);
  });

  it("is waited for, and so is the one that somebody has started meanwhile", async () => {
    const waiting = "a shift from version 12 to 11 is under way, waiting for it";
    site.world.before = async (call, parameters) => {
      const [, second] = site.world.executions;
      if (call === "updateAlias" && site.world.moves.at(-1) === "13 12:0.5" && !second)
        site.started("by-another-hand", "12", "11");
      const own = JSON.stringify(parameters).includes('"11"');
      if (call === "updateAlias" && own) await eventually(() => site.said.some((line) => line.startsWith(waiting)), 5);
    };
    site.started("by-hand", "13", "12");
    await shift();
    assert.deepEqual(names(), ["by-hand SUCCEEDED", "by-another-hand SUCCEEDED", "11-to-14-1 SUCCEEDED"]);
  });

  it("is cancelled and its traffic taken back", async () => {
    site.world.minuteMillis = 60_000;
    site.started("by-hand", "13", "12");
    site.world.account.setAlias(functionName, "live", { version: "13", weights: { "12": 0.1 } });
    const shifted = shift("14", { onConflict: "cancel" });
    site.world.minuteMillis = 1;
    await shifted;
    assert.deepEqual(names(), ["by-hand ABORTED", "13-to-14-1 SUCCEEDED"]);
    assert.ok(site.said.includes("all traffic is back on version 13"));
  });

  it("is cancelled for good, also when the call that it was in the middle of lands after that", async () => {
    site.world.minuteMillis = 60_000;
    let landing = false;
    site.world.before = async (call) => {
      if (call !== "updateAlias") return;
      landing = true;
      await eventually(() => site.world.executions[0]!.status === "ABORTED");
      await eventually(() => site.world.calls.includes("looked"));
    };
    site.started("by-hand", "13", "12");
    await eventually(() => landing);
    const { serving } = site.ports.traffic;
    site.ports.traffic.serving = async () => {
      const seen = await serving();
      site.world.calls.push("looked");
      return seen;
    };
    await settleConflicts({ ...rules, onConflict: "cancel" }, "14", site.ports);
    assert.deepEqual(site.world.moves, ["13 12:0.1", "13"]);
  });

  for (const [status, error] of [
    ["TIMED_OUT", undefined],
    ["FAILED", "States.Runtime"],
  ] as const) {
    it(`has its traffic taken back when it ends ${[status, error].join(" ")} while it is waited for`, async () => {
      site.world.minuteMillis = 60_000;
      const other = site.started("by-hand", "13", "12");
      site.world.before = (call) => {
        const moved = site.world.moves.length === 1;
        if (call === "DescribeExecution" && moved && site.said.length > 0) site.world.end(other, status, error);
      };
      await settleConflicts(rules, "14", site.ports);
      assert.deepEqual(site.world.moves, ["13 12:0.1", "13"]);
    });
  }

  it("leaves the traffic alone that somebody moved when it was cancelled", async () => {
    site.world.minuteMillis = 60_000;
    const other = site.started("by-hand", "13", "12");
    site.world.before = (call) => void (call === "StopExecution" && site.serve("11"));
    await settleConflicts({ ...rules, onConflict: "cancel" }, "14", site.ports);
    assert.deepEqual([other.status, site.live], ["ABORTED", "11"]);
  });

  it("fails when it does not end within its time", async () => {
    site.world.minuteMillis = 60_000;
    site.world.start(site.machineArn, "12-to-13-1", JSON.stringify({ from: "12", to: "13", longestSeconds: 600 }));
    const before = site.ports.now();
    await assert.rejects(
      shift(),
      /^Error: patients: the shift to version 13 does not end: stop it, then run pulumi up again$/,
    );
    // What the calls take is in it, too.
    assert.ok(Math.abs(site.ports.now() - before - 600_000) < 120_000);
  });

  it("has no traffic left when it no longer stands in the way of the alarms", async () => {
    site.world.minuteMillis = 60_000;
    site.started("by-hand", "13", "12");
    site.world.account.setAlias(functionName, "live", { version: "13", weights: { "12": 0.1 } });
    await settleConflicts({ ...rules, onConflict: "cancel" }, "14", site.ports);
    assert.deepEqual([names(), site.live], [["by-hand ABORTED"], "13"]);
  });
});
