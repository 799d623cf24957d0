import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

describe("what the engine runs", () => {
  it("is named where the engine looks", () => {
    const { main } = parse(readFileSync(`${root}Pulumi.yaml`, "utf8")) as { main: string };
    assert.deepEqual([main, manifest.main], ["start.js", "start.js"]);
  });

  it("fails on a Node that cannot strip types, saying which one can", () => {
    const { status, stderr } = spawnSync(process.execPath, ["--no-experimental-strip-types", "start.js"], {
      cwd: root,
    });
    assert.equal(status, 1);
    const [, version] = /needs Node ([\d.]+) or newer, got v[\d.]+: put a newer node first/.exec(String(stderr))!;
    assert.equal(manifest.engines.node, `>=${version}`);
  });

  it("ends when what started it was killed without a word to it", async () => {
    const program = `setInterval(() => undefined, 1000); console.log(process.pid)`;
    const host = `require("node:child_process").spawn(process.execPath, ["--import", "./start.js", "--eval", ${JSON.stringify(program)}], { stdio: "inherit" })`;
    const killed = spawn(process.execPath, ["--eval", host], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const [said] = (await once(killed.stdout.setEncoding("utf8"), "data")) as [string];
    const gone = once(killed.stdout.resume(), "end", { signal: AbortSignal.timeout(60_000) });
    killed.kill("SIGKILL");
    try {
      await gone;
    } catch (error) {
      process.kill(Number(said), "SIGKILL");
      throw error;
    }
  });
});
