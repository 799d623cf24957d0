import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { rules, Site } from "./site.ts";

describe("where a shift starts from", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14") => shiftTraffic(rules, to, site.ports);
  const climb = (from: string, to: string) => [...["0.1", "0.5", "1"].map((share) => `${from} ${to}:${share}`), to];

  /** An earlier shift that ended so, and what it left. */
  function left(from: string, to: string, status: string, error: string | undefined, serving = to) {
    site.world.end(site.started(`${from}-to-${to}-1`, from, to), status, error);
    site.serve(serving);
    site.world.moves.length = 0;
  }

  it("is the old version once the weights are back that nobody moves any more", async () => {
    site.serve("13", { "14": 0.5 });
    await shift();
    assert.deepEqual(site.world.moves, ["13", ...climb("13", "14")]);
  });

  for (const [status, error] of [
    ["FAILED", "RollBackFailed"],
    ["FAILED", "States.Runtime"],
    ["FAILED", undefined],
    ["TIMED_OUT", undefined],
    ["ABORTED", "Stopped"],
  ] as const) {
    it(`is the old version again after a shift that ended ${[status, error].join(" ")} with everything on the new one`, async () => {
      left("13", "14", status, error);
      await shift();
      assert.deepEqual(site.world.moves, ["13", ...climb("13", "14")]);
      assert.match(site.said[0]!, /^version 14 has the traffic although the shift to it did not end well: https:/);
    });

    it(`is not a version whose shift ended ${[status, error].join(" ")}, for the next one either`, async () => {
      left("12", "13", status, error);
      await shift();
      assert.deepEqual(site.world.moves, ["12", ...climb("12", "14")]);
    });
  }

  it("is the version that somebody gave the traffic after its shift was rolled back", async () => {
    left("13", "14", "FAILED", "AlarmFired");
    await shift();
    assert.deepEqual([site.world.moves, site.world.executions.length], [[], 1]);
  });

  it("is the version whose last shift went well, whatever happened to it before", async () => {
    left("12", "13", "TIMED_OUT", undefined, "12");
    await shift("13");
    site.world.moves.length = 0;
    await shift();
    assert.deepEqual(site.world.moves, climb("13", "14"));
  });
});
