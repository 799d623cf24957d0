import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const files = {
  good: `it("holds", () => {}); it("holds, too", () => {});`,
  bad: `it("holds", () => {}); it("does not", () => { throw new Error("no"); });`,
  lost: `it("loses a promise", async () => { void Promise.reject(new Error("lost")); await new Promise(setImmediate); });`,
  crashing: `it("takes the process with it", () => process.exit(0)); it("never runs", () => {});`,
  focused: `it.only("is the only one", () => {}); it("is left out", () => {});`,
  broken: `import "./nowhere.js"; it("is never known", () => {});`,
};

describe("the counts of the tests on CI", function () {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.mjs`), text);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** What comes of these files, run as `.ci/run` runs `npm test`. */
  function run(...names: (keyof typeof files)[]) {
    const words = ["--no-package", "--require", at(".ci/rejections.js"), "--parallel", "--jobs", "2"];
    const paths = names.map((name) => join(folder, `${name}.mjs`));
    const counted = ["--reporter", at(".ci/reporter.js"), "--forbid-only"];
    const { status } = spawnSync(
      process.execPath,
      [at("node_modules/mocha/bin/mocha.js"), ...words, ...paths, ...counted],
      {
        env: { ...process.env, COUNTS: join(folder, "counts") },
      },
    );
    const [passes, failures, ended] = readFileSync(join(folder, "counts"), "utf8").trim().split(" ");
    return { succeeded: status === 0, passes: Number(passes), failures: Number(failures), ended };
  }

  it("are those of every file, whichever process ran it", () => {
    assert.deepEqual(run("good", "bad"), { succeeded: false, passes: 3, failures: 1, ended: "ended" });
  });

  it("hold a failure at least for a lost promise, a crash, a focused test and a file that does not load", () => {
    const { succeeded, passes, failures } = run("good", "lost", "crashing", "focused", "broken");
    assert.deepEqual([succeeded, passes], [false, 2]);
    assert.ok(failures >= 4, `${failures} failures`);
  });
});
