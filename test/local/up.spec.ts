import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "../eventually.ts";

const program = fileURLToPath(new URL("../../local/up.ts", import.meta.url));

describe("npm start", () => {
  let place: string;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), "slipway-test-"));
    await chmod(place, 0o777);
  });
  afterEach(() => rm(place, { recursive: true }));

  function start(env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, DATABASE_URL: "", PORT: "0", TMPDIR: place, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout!.setEncoding("utf8");
    child.stderr!.setEncoding("utf8");
    return child;
  }

  /** Resolves when the directory for temporary files is, or is not, empty. */
  const files = (some: boolean) => eventually(async () => (await readdir(place)).length > 0 === some);

  it("ends at once by Ctrl-C while the program is recorded, and takes the database with it", async () => {
    const child = start();
    await files(true);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [null, "SIGINT"]);
    await files(false);
  });

  it("stops what it has started by Ctrl-C, and that is no failure", async () => {
    const child = start();
    let said = "";
    for await (const text of child.stdout!) if (/^sign-in +http/m.test((said += text))) break;
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    await files(false);
  });

  it("fails in one line on a PORT that is none, before it starts anything", async () => {
    const child = start({ PORT: "abc" });
    let said = "";
    for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (text: string) => (said += text));
    assert.deepEqual(await once(child, "close"), [1, null]);
    assert.equal(said, 'PORT must be a number from 0 to 65535, got "abc": give a free port, or 0 for any\n');
  });
});
