import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { statusCommand } from "../../delivery/commands.ts";
import { eventually } from "../eventually.ts";
import { alarms, commandSite, functionName, imageOf, machineArn } from "./command-site.ts";

describe("npm run status", () => {
  const site = commandSite();
  it("shows what runs where, the shares, the shift under way and the alarms", async () => {
    site.world.minuteMillis = 60_000;
    const { arn } = site.world.start(machineArn, "12-to-13-1", JSON.stringify({ from: "12", to: "13" }));
    site.world.firing.add(`${functionName}-errors`);
    await eventually(() => site.world.moves.length > 0);
    const { failed, stdout } = await site.run(statusCommand, ["--stack", "staging"]);
    assert.deepEqual(stdout.split("\n"), [
      "slipway staging in eu-west-1, account 123456789012",
      "",
      "patients: 90 % on version 12, 10 % on version 13",
      `  version 12 runs ${imageOf(12)}`,
      `  version 13 runs ${imageOf(13)}`,
      `  shifting: 10 % on version 13, 0 min, alarms quiet; https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${arn}`,
      "  ALARM: slipway-staging-patients-errors",
      "",
      "appointments: not deployed",
      "",
    ]);
    assert.equal(failed, undefined);
  });

  it("shows an alarm of somebody else's that fires, because it rolls back as well", async () => {
    site.world.firing.add("checkout-errors");
    const { stdout } = await site.run(statusCommand, ["--stack", "staging"]);
    assert.ok(stdout.includes("\n  ALARM: checkout-errors\n"), stdout);
  });

  it("shows one that is gone, without which no shift begins", async () => {
    site.world.account.alarms = () => alarms.slice(0, 2);
    const { stdout } = await site.run(statusCommand, ["--stack", "staging"]);
    assert.ok(
      stdout.includes("\n  2 alarms quiet\n  does not exist, so no shift can begin: checkout-errors\n"),
      stdout,
    );
  });

  it("fails with what to do where AWS does not know who asks", async () => {
    const nobody = { AWS_ACCESS_KEY_ID: "", AWS_CONFIG_FILE: "/none", AWS_SHARED_CREDENTIALS_FILE: "/none" };
    Object.assign(site.env, nobody, { AWS_EC2_METADATA_DISABLED: "true" });
    const { failed } = await site.run(statusCommand, ["--stack", "staging"]);
    const why = "Could not load credentials from any providers";
    assert.equal(failed, `AWS does not know who asks (${why}): sign in to the account of staging, or set AWS_PROFILE`);
  });

  it("ends with exit code 1 and the usage without a stack", () => {
    const script = fileURLToPath(new URL("../../delivery/main.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, "status"], { encoding: "utf8" });
    assert.deepEqual([status, stdout, stderr], [1, "", "--stack is needed\nusage: npm run status -- --stack S\n"]);
  });
});
