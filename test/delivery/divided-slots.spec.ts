import assert from "node:assert/strict";
import { rollbackCommand } from "../../delivery/commands.ts";
import { eventually } from "../eventually.ts";
import { machineArn, slotCommandSite } from "./slot-command-site.ts";

describe("a roll-back further than the shift came from, between two slots", () => {
  const site = slotCommandSite([10, 50, 100]);
  const rollback = (to: string) =>
    site.run(rollbackCommand, ["--stack", "staging", "--service", "patients", "--reason", "orders fail", "--to", to]);

  /** A shift from 13 to 14 that stays at one of its steps, after one from 12. */
  async function shiftedTo(moves: number) {
    await site.shifted("13", "12");
    await site.shifted("12", "13");
    site.slots.moves.length = 0;
    site.world.before = async (call) => {
      if (call === "describeAlarms" && site.slots.moves.length === moves) await new Promise<void>(() => undefined);
    };
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => site.slots.moves.length === moves);
    site.slots.loads.length = 0;
  }

  for (const [moves, weights] of [
    [1, "90/10"],
    [2, "50/50"],
    [3, "0/100"],
  ] as const) {
    it(`gives everything to the slot that is good before it loads the other one, at ${weights}`, async () => {
      await shiftedTo(moves);
      const seen: string[] = [];
      const holding = site.world.before;
      site.world.before = (call, parameters) => {
        if (call === "UpdateService") seen.push(`${site.slots.moves.at(-1)} ${site.now.join(" ")}`);
        return holding(call, parameters);
      };
      const { failed } = await rollback("12");
      assert.equal(failed, undefined);
      assert.deepEqual(site.slots.moves.slice(moves - 1), [weights, "100/0", "0/100"]);
      assert.equal(seen[0], "100/0 blue 13 x3 green 14 x3");
      assert.deepEqual(site.now, ["blue 13 x0", "green 12 x3"]);
    });

    it(`leaves everything on the slot that is good when the other version does not start, at ${weights}`, async () => {
      await shiftedTo(moves);
      site.slots.broken.add("12");
      const { failed, stdout } = await rollback("12");
      assert.match(stdout, /^The stack still wants version 14[^]*pin the image that runs now: .*0013 --stack staging/m);
      assert.match(
        failed!,
        /^patients: version 12 was not given the traffic: ECS could not start the tasks of version 12; the traffic is on version 13: try again/,
      );
      assert.equal(site.slots.moves.at(-1), "100/0");
      assert.equal(site.now[0], "blue 13 x3");
    });
  }

  it("has tasks in the end when the shift was about to stop them", async () => {
    site.world.before = async (call) => {
      if (call !== "updateService" || site.slots.moves.length < 3) return;
      stopping = true;
      await eventually(() => site.slots.moves.length === 4);
    };
    let stopping = false;
    site.world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    await eventually(() => stopping);
    const { failed } = await rollback("13");
    assert.deepEqual([failed, site.now], [undefined, ["blue 13 x2", "green 14 x0"]]);
    assert.ok(site.slots.loads.includes("slipway-staging-patients-blue 13 x0"));
  });
});
