import assert from "node:assert/strict";
import { shiftTraffic } from "../../../../components/delivery/shift/shift.ts";
import { errors, duration, functionName, rules, Site } from "./site.ts";

describe("shiftTraffic", () => {
  let site: Site;
  beforeEach(async () => void (site = await Site.open()));
  afterEach(() => site.close());

  const shift = (to = "14", changes = {}) => shiftTraffic({ ...rules, ...changes }, to, site.ports);
  const names = () => site.world.executions.map(({ name, status }) => `${name} ${status}`);

  it("takes the version up the steps and returns when it has everything", async () => {
    await shift();
    assert.deepEqual(site.world.moves, ["13 14:0.1", "13 14:0.5", "14"]);
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
    site.world.account.setAlias(functionName, "live", { version: "12", weights: {} });
    await shift();
    assert.equal(site.world.moves[0], "12 14:0.1");
  });

  it("fails with the alarm, the step and the link once the traffic is back", async () => {
    site.world.before = () => void (site.world.moves.length === 2 && site.world.firing.add(errors));
    await assert.rejects(shift(), ({ message }: Error) => {
      assert.match(
        message,
        /^patients: version 14 was rolled back, all traffic is on version 13: slipway-test-patients-new-errors fired at 50 per cent on version 14; https:/,
      );
      return true;
    });
    assert.equal(site.live, "13");
  });

  it("fails with the error of the call that failed", async () => {
    site.world.before = (call) => {
      if (call === "describeAlarms")
        throw Object.assign(new Error("denied"), { name: "CloudWatch.AccessDeniedException" });
    };
    await assert.rejects(shift(), /all traffic is on version 13: CloudWatch\.AccessDeniedException: denied; https:/);
    assert.equal(site.live, "13");
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
    assert.deepEqual(site.world.moves, ["13 14:0.1", "13 14:0.5", "14"]);
  });

  it("follows a shift to the same version that is under way", async () => {
    site.world.minuteMillis = 20;
    site.started("by-hand", "13", "14");
    await shift();
    assert.match(site.said[0]!, /^follows the shift to version 14 that an earlier run started: https:/);
    assert.deepEqual(names(), ["by-hand SUCCEEDED"]);
  });

  it("takes back weights that nobody moves any more", async () => {
    site.world.account.setAlias(functionName, "live", { version: "13", weights: { "14": 0.5 } });
    await shift();
    assert.deepEqual(site.world.moves, ["13", "13 14:0.1", "13 14:0.5", "14"]);
  });

  it("goes on when forced, without the alarms that fire", async () => {
    site.world.firing.add(errors);
    await shift("14", { onAlarmAtStart: "force" });
    assert.deepEqual(JSON.parse(site.world.executions[0]!.input), { from: "13", to: "14", alarms: [duration] });
  });

  it("gives an alarm time to look at the new version", async () => {
    site.world.firing.add(errors);
    let looks = 0;
    site.world.before = (call) => void (call === "DescribeAlarms" && ++looks === 3 && site.world.firing.clear());
    await shift();
    assert.equal(site.live, "14");
  });

  for (const [status, text] of [
    ["TIMED_OUT", "the shift was timed out"],
    ["ABORTED", "the shift was aborted"],
  ] as const) {
    it(`takes the traffic back itself when the execution is ${status}`, async () => {
      site.world.before = (call) => {
        if (call === "describeAlarms" && site.world.moves.length === 2) site.world.executions[0]!.status = status;
      };
      await assert.rejects(shift(), new RegExp(`all traffic is on version 13: ${text}; https:`));
      assert.ok(["13", "13 14:0.5"].includes(site.world.moves.at(-1)!));
      site.world.close();
    });
  }

  it("stops an execution that takes longer than it can, and takes the traffic back", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    site.world.before = async (call) => void (call === "describeAlarms" && (await promise));
    await assert.rejects(shift("14", { steps: [100], bakeMinutes: 1 }), /the shift was aborted/);
    assert.equal(site.world.executions[0]!.status, "ABORTED");
    resolve();
    assert.equal(site.live, "13");
  });

  it("takes the traffic back itself when the state machine could not", async () => {
    site.world.firing.add(duration);
    site.world.before = (call, { FunctionVersion, RoutingConfig }: any) => {
      const backwards = FunctionVersion === "13" && !Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length;
      if (call === "updateAlias" && backwards) throw new Error("throttled");
      if (call === "DescribeAlarms") site.world.firing.clear();
      if (call === "describeAlarms") site.world.firing.add(duration);
    };
    await assert.rejects(shift(), /all traffic is on version 13: RollBackFailed: throttled; https:/);
    assert.equal(site.live, "13");
  });

  it("says how to do it by hand when the traffic cannot be given back at all", async () => {
    site.world.account.setAlias(functionName, "live", { version: "13", weights: { "12": 0.1 } });
    site.world.before = (call) => {
      if (call === "PUT aliases") throw new Error("no");
    };
    await assert.rejects(
      shift(),
      /the traffic could not be given back to version 13: .*; see "by hand" in docs\/operations\.md/,
    );
  });

  it("carries on through a while without an answer, and gives up with the shift going on", async () => {
    let answers = 0;
    site.world.before = (call) => {
      if (call === "DescribeExecution" && ++answers < 9) throw new Error("no route to host");
    };
    await shift();
    site.world.before = (call) => {
      if (call === "DescribeExecution") throw new Error("no route to host");
    };
    await assert.rejects(
      shift("12"),
      /^Error: patients: lost sight of the shift, which goes on by itself: run pulumi up again/,
    );
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
      "while another shift is under way and onConflict is refuse",
      () => site.started("by-hand", "13", "12"),
      { onConflict: "refuse" },
      /a shift from version 13 to 12 is under way, nothing was changed: wait for it/,
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

  it("fails when the alias is gone", async () => {
    site.world.account.alias = () => undefined;
    await assert.rejects(shift(), /nothing has traffic yet: run pulumi up --refresh/);
  });
});
