import assert from "node:assert/strict";
import { rollbackCommand } from "../../delivery/commands.ts";
import { eventually } from "../eventually.ts";
import { commandSite, functionName, machineArn } from "./command-site.ts";

describe("a call of a stopped shift that lands after the roll-back", () => {
  const site = commandSite();
  const rollback = (to: string) =>
    site.run(rollbackCommand, ["--stack", "staging", "--service", "patients", "--reason", "orders fail", "--to", to]);

  /** A shift from 13 to 14 that is in the middle of its first move, which lands once the command looks at the traffic again. */
  async function held(afterLooks: number) {
    await site.shifted(["12", "13"]);
    site.world.minuteMillis = 60_000;
    let moving = false;
    let looks = 0;
    const landed = Promise.withResolvers<void>();
    site.world.before = async (call) => {
      if (call === "updateAlias") {
        moving = true;
        await landed.promise;
      }
      if (call === "GET aliases" && site.world.moves.length > 0 && ++looks === afterLooks) {
        landed.resolve();
        await eventually(() => site.world.moves.length === 2);
      }
    };
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => moving);
  }

  for (const looks of [1, 3]) {
    for (const target of ["13", "12"]) {
      it(`is undone when it is seen at look ${looks}, for version ${target}`, async () => {
        await held(looks);
        const { failed, stdout } = await rollback(target);
        assert.deepEqual([failed, site.world.moves], [undefined, [target, "13 14:0.1", target]]);
        assert.match(
          stdout,
          new RegExp(
            `^patients: the stopped shift had moved it once more, all traffic is on version ${target} again$`,
            "m",
          ),
        );
      });
    }
  }

  it("is told from what somebody else does, which is left alone and fails", async () => {
    await site.shifted(["12", "13"]);
    site.world.minuteMillis = 60_000;
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => site.world.moves.length === 1);
    site.world.before = (call) => {
      const given = call === "GET aliases" && site.world.moves.length === 2;
      if (given) site.world.account.setAlias(functionName, "live", { version: "11", weights: {} });
    };
    const { failed } = await rollback("13");
    assert.equal(failed, "patients: the traffic is on version 11, as somebody else has set it: ask who it was");
    assert.equal(site.world.moves.length, 2);
  });

  it("is told from a shift that an update has begun since, which goes on and is told of", async () => {
    await site.shifted(["12", "13"]);
    site.world.minuteMillis = 60_000;
    const input = JSON.stringify({ from: "13", to: "14" });
    site.world.start(machineArn, "13-to-14-1", input);
    await eventually(() => site.world.moves.length === 1);
    let looks = 0;
    site.world.before = async (call) => {
      if (call !== "GET aliases" || site.world.moves.length < 2 || ++looks !== 2) return;
      site.world.start(machineArn, "13-to-14-2", input);
      await eventually(() => site.world.moves.length === 3);
    };
    const { failed } = await rollback("13");
    assert.match(
      failed!,
      /^patients: a shift from version 13 to 14 has begun since, the traffic is on version 13 and 14: ask who it was, or roll back again; https:.*13-to-14-2$/,
    );
    assert.deepEqual(site.world.moves, ["13 14:0.1", "13", "13 14:0.1"]);
    assert.deepEqual(
      site.world.executions.map(({ name, status }) => `${name} ${status}`),
      ["12-to-13-1 SUCCEEDED", "13-to-14-1 ABORTED", "13-to-14-2 RUNNING"],
    );
  });

  it("fails with the page to read when it cannot be undone", async () => {
    await held(1);
    const moving = site.world.before;
    site.world.before = (call, parameters) => {
      if (call === "PUT aliases" && site.world.moves.length === 2) throw new Error("denied");
      return moving(call, parameters);
    };
    const { failed, stdout } = await rollback("13");
    assert.match(
      failed!,
      /^patients: version 13 does not keep the traffic: .*; see "by hand" in docs\/operations\.md$/,
    );
    assert.match(stdout, /^The stack still wants version 14/m);
  });
});

describe("a roll-back that AWS answers badly", () => {
  const site = commandSite();
  const rollback = () =>
    site.run(rollbackCommand, ["--stack", "staging", "--service", "patients", "--reason", "orders fail"]);
  beforeEach(async () => {
    await site.shifted(["12", "13"], ["13", "14"]);
    // The SDK would try each call again, and wait in between.
    site.env.AWS_MAX_ATTEMPTS = "1";
  });

  const refused = Object.assign(new Error("Rate Exceeded."), { code: "TooManyRequestsException", statusCode: 429 });

  it("says what to commit and how to ask again where the service could not be asked for its health", async () => {
    site.world.before = (call) => {
      if (call === "POST invocations") throw refused;
    };
    const { failed, stdout } = await rollback();
    assert.deepEqual(site.world.moves, ["13"]);
    assert.match(stdout, /^The stack still wants version 14[^]*do not run pulumi up --refresh/m);
    assert.match(
      failed!,
      /^patients: version 13 has the traffic, and whether it answers is not known: Rate Exceeded\.: ask again with aws lambda invoke --region eu-west-1 --function-name slipway-staging-patients:live .*"\/health\/patients".* \/dev\/stdout$/,
    );
  });

  it("goes on without the image of the version that is left, and says what is not known then", async () => {
    let images = 0;
    site.world.before = (call) => {
      if (call === "DescribeImages" && ++images > 1) throw refused;
    };
    const { failed, stdout } = await rollback();
    assert.deepEqual([failed, site.world.moves], [undefined, ["13"]]);
    assert.match(stdout, /^ {2}Which image version 14 runs is not known: if it is this one, only the revert/m);
  });

  it("tries again where it is not let move the traffic, and says where that is when it gives up", async () => {
    let moves = 0;
    site.world.before = (call) => {
      if (call === "PUT aliases" && ++moves <= 2) throw refused;
    };
    assert.equal((await rollback()).failed, undefined);
    moves = -100;
    const { failed } = await rollback();
    assert.match(
      failed!,
      /^patients: version 12 was not given the traffic: Rate Exceeded\.; the traffic is on version 13: try again, or see "by hand"/,
    );
  });
});
