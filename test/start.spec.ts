import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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
});
