import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import type { FakeExecution } from "../../../aws/world.ts";
import { eventually } from "../../../eventually.ts";
import { errors, duration, rules, Site } from "./site.ts";

describe("a shift that is followed to a bad end", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);
  /** Does something when the execution looks at the alarms after so many moves of the traffic. */
  const at = (moves: number, act: () => unknown) => {
    site.world.before = (call) => void (call === "describeAlarms" && site.world.moves.length === moves && act());
  };

  const anHourAgo = (execution: FakeExecution) => (execution.startedAt = new Date(Date.now() - 3600_000));

  /** Lets the execution go on only once something was said of it. */
  const sayingFirst = async (call: string) => {
    if (call === "describeAlarms") await eventually(() => site.said.some((line) => line.includes(" min, ")));
  };

  it("fails with the alarm, the step and the link once the traffic is back", async () => {
    at(2, () => site.world.firing.add(errors));
    await assert.rejects(shift(), ({ message }: Error) => {
      assert.match(
        message,
        /^patients: version 14 was rolled back, all traffic is on version 13: slipway-test-patients-new-errors fired at 50 per cent on version 14; https:/,
      );
      return true;
    });
    assert.deepEqual(site.world.moves, ["13 14:0.1", "13 14:0.5", "13"]);
  });

  it("fails with the error of the call that failed", async () => {
    at(1, () => {
      throw Object.assign(new Error("denied"), { name: "CloudWatch.AccessDeniedException" });
    });
    await assert.rejects(shift(), /all traffic is on version 13: CloudWatch\.AccessDeniedException: denied; https:/);
    assert.equal(site.live, "13");
  });

  for (const [status, error, text] of [
    ["TIMED_OUT", undefined, "the shift was timed out"],
    ["ABORTED", undefined, "the shift was aborted"],
    ["FAILED", "States.Runtime", "States.Runtime"],
    ["FAILED", undefined, "no reason given"],
  ] as const) {
    it(`takes the traffic back itself when the execution ends ${[status, error].join(" ")} in the middle`, async () => {
      at(2, () => site.world.end(site.world.executions[0]!, status, error));
      await assert.rejects(
        shift(),
        new RegExp(`version 14 was rolled back, all traffic is on version 13: ${text}; https:`),
      );
      assert.deepEqual(site.world.moves, ["13 14:0.1", "13 14:0.5", "13"]);
    });
  }

  it("takes the traffic back once more when the call that a stopped execution was in the middle of lands after that", async () => {
    site.world.before = async (call) => {
      if (call !== "updateAlias" || site.world.moves.length !== 1) return;
      site.world.end(site.world.executions[0]!, "ABORTED");
      await eventually(() => site.live === "13");
    };
    await assert.rejects(shift(), /version 14 was rolled back, all traffic is on version 13: the shift was aborted/);
    assert.deepEqual(site.world.moves, ["13 14:0.1", "13", "13 14:0.5", "13"]);
  });

  for (const [moves, where] of [
    [1, "at the first step"],
    [3, "at the last"],
  ] as const) {
    it(`leaves the traffic where somebody rolled it back to ${where}, and says where that is`, async () => {
      at(moves, () => {
        site.world.end(site.world.executions[0]!, "ABORTED");
        site.serve("12");
      });
      const where = "the traffic is on version 12, as somebody else has set it";
      await assert.rejects(shift(), new RegExp(`version 14 was rolled back, ${where}: the shift was aborted; https:`));
      assert.deepEqual([site.live, site.said.at(-1)], ["12", where]);
    });
  }

  it("leaves the traffic to a new shift that was begun once this one was stopped", async () => {
    const late = { ...site.ports };
    at(1, () => {
      site.world.end(site.world.executions[0]!, "ABORTED");
      site.serve("13");
    });
    let looks = 0;
    const { serving } = site.ports.traffic;
    late.traffic = {
      ...site.ports.traffic,
      serving: async () => {
        if (site.world.executions[0]?.status !== "ABORTED" || ++looks !== 2) return serving();
        site.world.minuteMillis = 60_000;
        site.started("again", "13", "14");
        await eventually(() => site.world.moves.length === 2);
        return serving();
      },
    };
    const where = "the traffic is on version 13 and 14, as somebody else has set it";
    await assert.rejects(shiftTraffic(rules, "14", late), new RegExp(`version 14 was rolled back, ${where}`));
    assert.deepEqual([site.live, site.world.executions[1]!.status], ["13 14:0.1", "RUNNING"]);
  });

  it("does not overwrite what somebody does to the traffic at the same moment", async () => {
    at(1, () => site.world.end(site.world.executions[0]!, "ABORTED"));
    const watching = site.world.before;
    site.world.before = (call, parameters) => {
      if (call === "PUT aliases") site.serve("12");
      return watching(call, parameters);
    };
    await assert.rejects(shift(), /the traffic is on version 12, as somebody else has set it/);
    assert.equal(site.live, "12");
  });

  it("stops an execution that takes longer than it can, and takes the traffic back", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    site.world.before = async (call) => void (call === "describeAlarms" && (await promise));
    await assert.rejects(shift("14", { longestSeconds: 600 }), /the shift was aborted/);
    assert.equal(site.world.executions[0]!.status, "ABORTED");
    resolve();
    assert.equal(site.live, "13");
  });

  it("measures a shift by what it was started with, not by what the settings are now", async () => {
    site.world.before = sayingFirst;
    const input = { from: "13", to: "14", bakeMinutes: 5, longestSeconds: 1e9 };
    anHourAgo(site.world.start(site.machineArn, "13-to-14-1", JSON.stringify(input)));
    await shift("14", { bakeMinutes: 1, longestSeconds: 60 });
    assert.equal(site.live, "14");
    assert.ok(
      site.said.some((line) => /^10 % on version 14, \d of 5 min, alarms quiet$/.test(line)),
      site.said.join("\n"),
    );
  });

  it("leaves a shift without such measures to Step Functions", async () => {
    site.world.before = sayingFirst;
    anHourAgo(site.started("by-hand", "13", "14"));
    await shift("14", { bakeMinutes: 1, longestSeconds: 60 });
    assert.ok(
      site.said.some((line) => /^10 % on version 14, \d min, alarms quiet$/.test(line)),
      site.said.join("\n"),
    );
  });

  it("takes the traffic back itself when the state machine could not", async () => {
    site.world.before = (call, { FunctionVersion, RoutingConfig }: any) => {
      const backwards = FunctionVersion === "13" && !Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length;
      if (call === "updateAlias" && backwards) throw new Error("throttled");
      if (call === "describeAlarms") site.world.firing.add(duration);
    };
    await assert.rejects(shift(), /all traffic is on version 13: RollBackFailed: throttled; https:/);
    assert.equal(site.live, "13");
  });

  it("says how to do it by hand when the traffic cannot be given back at all", async () => {
    site.serve("13", { "12": 0.1 });
    site.world.before = (call) => {
      if (call === "PUT aliases") throw new Error("no");
    };
    await assert.rejects(
      shift(),
      /the traffic could not be given back to version 13: .*no.*; see "by hand" in docs\/operations\.md/,
    );
  });

  it("carries on through a while without an answer, and gives up with the reason and the shift going on", async () => {
    let answers = 0;
    site.world.before = (call) => {
      if (call === "DescribeExecution" && ++answers < 9) throw new Error("no route to host");
    };
    await shift();
    site.serve("13");
    site.world.before = (call) => {
      if (call === "DescribeExecution" && site.said.length > 0) throw new Error("the token has expired");
    };
    site.said.length = 0;
    await assert.rejects(
      shift("12"),
      /^Error: patients: lost sight of the shift, which goes on by itself: run pulumi up again to follow it: .*the token has expired; https:/,
    );
  });
});
