import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../.ci/install.js", import.meta.url));
const version = "1.0.0";
const here = { os: [process.platform], cpu: process.arch };

const lock = {
  "": { name: "project" },
  app: { version },
  "node_modules/app": { resolved: "app", link: true },
  "node_modules/library": { version },
  "node_modules/node-here": { version, optional: true, ...here },
  "node_modules/node-elsewhere": { version, optional: true, os: "plan9", cpu: process.arch },
  "node_modules/extra": { version, optional: true },
};

describe("installation before the first command", function () {
  if (process.platform === "win32") return;
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "slipway-test-"));
    await cp(script, join(root, ".ci", "install.js"));
    await write("package.json", { type: "module" });
    await write("package-lock.json", { packages: lock });
    await write("node_modules/.package-lock.json", { packages: lock });
    for (const name of ["library", "node-here"]) await write(`node_modules/${name}/package.json`, {});
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, content: object): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), JSON.stringify(content));
  }

  /** Runs the script with an `npm` that ends with `code`. */
  async function run(code = 0): Promise<[status: number | null, said: string]> {
    const npm = join(root, "bin", "npm");
    await mkdir(dirname(npm), { recursive: true });
    await writeFile(npm, `#!/bin/sh\necho "npm $1" >&2\necho "$*" > "${join(root, "words")}"\nexit ${code}\n`, {
      mode: 0o755,
    });
    const PATH = [dirname(npm), process.env.PATH].join(delimiter);
    const options = { env: { ...process.env, PATH }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(process.execPath, [join(root, ".ci", "install.js")], options);
    return [status, stderr];
  }

  it("does nothing when all that this platform needs is there", async () => {
    assert.deepEqual(await run(), [0, ""]);
  });

  for (const [what, path] of [
    ["nothing is installed", "node_modules"],
    ["a package was taken away by hand", "node_modules/library"],
    ["the Node of this platform is missing", "node_modules/node-here"],
  ] as const) {
    it(`installs when ${what}`, async () => {
      await rm(join(root, path), { recursive: true });
      const count = path === "node_modules" ? 2 : 1;
      assert.deepEqual(await run(), [0, `installing ${count} packages (once)\nnpm ci\n`]);
    });
  }

  it("installs every kind of package, whatever the environment leaves out", async () => {
    await rm(join(root, "node_modules"), { recursive: true });
    await run();
    const words = (await readFile(join(root, "words"), "utf8")).trim().split(" ");
    const kinds = words.filter((word) => word.startsWith("--include="));
    assert.deepEqual(kinds, ["--include=prod", "--include=dev", "--include=optional", "--include=peer"]);
  });

  it("leaves a node_modules alone that is a link to another checkout's", async () => {
    await rename(join(root, "node_modules"), join(root, "elsewhere"));
    await rm(join(root, "elsewhere", "library"), { recursive: true });
    await symlink("elsewhere", join(root, "node_modules"));
    assert.deepEqual(await run(), [0, ""]);
  });

  it("installs when the lockfile asks for another version", async () => {
    const packages = { ...lock, "node_modules/library": { version: "1.0.1" } };
    await write("package-lock.json", { packages });
    assert.deepEqual(await run(), [0, "installing 1 packages (once)\nnpm ci\n"]);
  });

  it("fails with what to do when npm fails", async () => {
    await rm(join(root, "node_modules"), { recursive: true });
    const [status, said] = await run(3);
    assert.equal(status, 1);
    assert.equal(
      said.split("\n").at(-2),
      "the packages are not installed, npm ci ended with code 3: see above, mend it and try again; this needs a network",
    );
  });
});
