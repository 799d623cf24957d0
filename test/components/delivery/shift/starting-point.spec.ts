import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { rules, Site } from "./site.ts";

describe("where a shift starts from", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14") => shiftTraffic(rules, to, site.ports);
  const climb = (from: string, to: string) => [...["0.1", "0.5", "1"].map((share) => `${from} ${to}:${share}`), to];

  /** An earlier shift that ended so in this state, and what the alias serves since then. */
  function left(from: string, to: string, [status, error, name]: End, serving = to, weighted?: boolean) {
    const input = JSON.stringify({ from, to, weighted });
    const execution = site.world.start(site.machineArn, `${from}-to-${to}-1`, input);
    site.world.end(execution, status, error);
    execution.entered.push({ name, data: {} });
    site.serve(serving);
    site.world.moves.length = 0;
  }

  it("is the old version once the weights are back that nobody moves any more", async () => {
    site.serve("13", { "14": 0.5 });
    await shift();
    assert.deepEqual(site.world.moves, ["13", ...climb("13", "14")]);
  });

  type End = [status: string, error: string | undefined, state: string];
  const ends: End[] = [
    ["FAILED", "RollBackFailed", "Roll back failed"],
    ["FAILED", "States.Runtime", "Roll back"],
    ["FAILED", undefined, "Make new version the only one"],
    ["TIMED_OUT", undefined, "Make new version the only one"],
    ["ABORTED", "Stopped", "Make new version the only one"],
  ];
  for (const end of ends) {
    it(`is the old version again after a shift that ended ${end.join(" ")} with everything on the new one`, async () => {
      left("13", "14", end);
      await shift();
      assert.deepEqual(site.world.moves, ["13", ...climb("13", "14")]);
      assert.match(site.said[0]!, /^version 14 has the traffic although the shift to it did not end well: https:/);
    });

    it(`is not a version whose shift ended ${end.join(" ")}, for the next one either`, async () => {
      left("12", "13", end);
      await shift();
      assert.deepEqual(site.world.moves, ["12", ...climb("12", "14")]);
    });
  }

  it("is the old version again where an alias without weights was left in its only step", async () => {
    left("13", "14", ["ABORTED", "Stopped", "Wait at 100 per cent"], "14", false);
    await shift();
    assert.equal(site.world.moves[0], "13");
  });

  for (const end of [
    ["FAILED", "AlarmFired", "Rolled back"],
    ["ABORTED", "Stopped", "Wait at 10 per cent"],
    ["ABORTED", "Stopped", "Wait at 100 per cent"],
  ] satisfies End[]) {
    it(`is the version that somebody gave the traffic after its shift ended ${end.join(" ")} without it`, async () => {
      left("13", "14", end);
      await shift();
      assert.deepEqual([site.world.moves, site.world.executions.length], [[], 1]);
    });
  }

  it("is the version whose last shift went well, whatever happened to it before", async () => {
    left("12", "13", ends[3]!, "12");
    await shift("13");
    site.world.moves.length = 0;
    await shift();
    assert.deepEqual(site.world.moves, climb("13", "14"));
  });
});
