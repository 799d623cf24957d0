import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./cli.ts";

// It takes half a minute, and gives up after one on a machine that is busy, so it stands with the other slow specs; it needs no engine.
describe("npm run demo:rollout", () => {
  const demo = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "local", "rollout", "demo.ts"), ...args], {
      encoding: "utf8",
      timeout: 300_000,
    });

  it("shows a rollout, one that an alarm takes back and one that a smoke test stops", function () {
    const { status, stdout, stderr } = demo();
    // It says so on a busy machine only.
    const gaveUp =
      status === 75 && /^the machine is too busy, .*: gave up after 50 s; try again later.*\n$/.test(stderr);
    if (gaveUp) this.test!.title += ` (${stderr.trim()})`;
    if (gaveUp) return this.skip();
    assert.deepEqual([status, stderr], [0, ""], stdout);
    const lines = stdout.split("\n").map((line) => line.replace(/^ *[\d.]+ min +/, ""));
    assert.ok(
      ["10 % on version 2", "50 % on version 2", "100 % on version 2", "version 2 has all the traffic"].every((line) =>
        lines.includes(line),
      ),
    );
    assert.ok(lines.some((line) => /^answered by version 1 \d+, version 2 \d+$/.test(line)));
    assert.ok(
      lines.some((line) =>
        /^slipway-staging-patients-new-server-errors fired at (10|50|100) per cent on version 3$/.test(line),
      ),
    );
    assert.ok(lines.includes("version 3 was rolled back: AlarmFired"));
    assert.ok(lines.includes("version 4 was rolled back: SmokeTestFailed"));
    assert.equal(lines.filter((line) => line === "all traffic is back on version 2").length, 2);
  });

  it("shows the same of a service in two slots, with a revision whose tasks do not start", function () {
    const { status, stdout, stderr } = demo("--runtime", "fargate");
    const gaveUp = status === 75 && /^the machine is too busy, .*: gave up after 50 s/.test(stderr);
    if (gaveUp) this.test!.title += ` (${stderr.trim()})`;
    if (gaveUp) return this.skip();
    assert.deepEqual([status, stderr], [0, ""], stdout);
    const lines = stdout.split("\n").map((line) => line.replace(/^ *[\d.]+ min +/, ""));
    for (const line of [
      "the tasks of version 2 start",
      "10 % on version 2",
      "50 % on version 2",
      "100 % on version 2",
      "the tasks of version 1 end",
      "version 3 was rolled back: AlarmFired",
      "version 4 was rolled back: TasksFailed",
    ]) {
      assert.ok(lines.includes(line), `${line} in\n${stdout}`);
    }
    assert.ok(lines.some((line) => /^answered by version 1 \d+, version 2 \d+$/.test(line)));
    assert.ok(
      lines.some((line) =>
        /^slipway-staging-patients-blue-new-server-errors fired at \d+ per cent on version 3$/.test(line),
      ),
    );
    assert.equal(lines.filter((line) => line === "all traffic is back on version 2").length, 2);
  });

  it("fails on a runtime that is none", () => {
    const { status, stderr } = demo("--runtime", "ecs");
    assert.match(stderr, /^--runtime must be one of lambda, fargate, got "ecs"\nusage: /);
    assert.equal(status, 1);
  });

  it("fails on a minute that is none", () => {
    const { status, stderr } = demo("--minute", "soon");
    assert.match(stderr, /^--minute must be a number of seconds from 0\.05, got "soon"\nusage: /);
    assert.equal(status, 1);
  });
});
