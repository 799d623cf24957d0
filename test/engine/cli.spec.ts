import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findEngine } from "./cli.ts";

describe("the engine that is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-path-"));
  after(() => rmSync(folder, { recursive: true }));

  it("is the CLI on PATH before any other, with our stand-ins last", () => {
    writeFileSync(join(folder, "pulumi"), "#!/bin/sh\n");
    chmodSync(join(folder, "pulumi"), 0o755);
    const engine = findEngine(folder, folder);
    assert.ok(typeof engine !== "string");
    assert.equal(engine.command, join(folder, "pulumi"));
    const folders = engine.path.split(delimiter);
    assert.deepEqual(folders.slice(0, 3), [dirname(process.execPath), folder, folder]);
    assert.ok(existsSync(join(folders.at(-1)!, "pulumi-language-nodejs")));
    assert.ok(existsSync(join(folders.at(-1)!, "pulumi-analyzer-policy")));
  });

  it("fails with what to install where there is neither a CLI nor Go", () => {
    assert.match(String(findEngine("", folder)), /no pulumi and no go on PATH: install the Pulumi CLI, or Go/);
  });
});
