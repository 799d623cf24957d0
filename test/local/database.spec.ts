import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { startDatabase, type Database } from "../../local/database.ts";
import { freePort } from "../../local/port.ts";
import { eventually } from "../eventually.ts";

function listening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** A process that runs `code`, with `startDatabase` at hand and its temporary files in `place`. */
function start(code: string, place = tmpdir()): ChildProcess {
  const module = fileURLToPath(new URL("../../local/database.ts", import.meta.url));
  const program = `const { startDatabase } = await import(${JSON.stringify(module)}); ${code};`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: place },
  });
}

/** A directory of its own that the server's user may enter, too. */
async function temporary(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "slipway-test-"));
  await chmod(place, 0o777);
  return place;
}

async function filesIn(place: string): Promise<string[]> {
  const paths = await readdir(place, { recursive: true }).catch(() => []);
  return paths.map((path) => basename(path));
}

describe("local database", () => {
  let database: Database;
  let taken: number;
  const other = createServer();
  before(async () => {
    await once(other.listen(0, "127.0.0.1"), "listening");
    taken = (other.address() as AddressInfo).port;
    const ports = [taken];
    database = await startDatabase({ port: async () => ports.pop() ?? freePort() });
  });
  after(async () => {
    other.close();
    await database.stop();
  });

  it("takes another port when somebody else listens on its own by the time it comes up", async () => {
    assert.notEqual(database.port, taken);
    assert.equal(await listening(database.port), true);
  });

  it("is a PostgreSQL 18 that has the exclusion constraints the app needs", async () => {
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
    await sql`create extension if not exists btree_gist`;
    await sql.end();
    assert.equal(row!.major, 18);
  });

  it("lets nobody in without the password", async () => {
    const sql = postgres(database.urlFor("superuser", "guess", "postgres"), { max: 1 });
    await assert.rejects(sql`select 1`, /password authentication failed/);
    await sql.end();
  });

  it("is gone after stop, which may be called twice", async () => {
    const other = await startDatabase();
    await Promise.all([other.stop(), other.stop()]);
    assert.equal(await listening(other.port), false);
  });

  it("dies with a process that was killed", async () => {
    const child = start("console.log((await startDatabase()).port); setInterval(() => {}, 1000)");
    const [line] = await once(child.stdout!, "data");
    const port = Number(line);
    assert.equal(await listening(port), true);
    child.kill("SIGKILL");
    await eventually(async () => !(await listening(port)));
  });

  it("leaves nothing of a start whose process was killed", async () => {
    const [place, begun] = [await temporary(), async () => (await filesIn(place)).includes("PG_VERSION")];
    const child = start("await startDatabase()", place);
    await eventually(begun);
    child.kill("SIGKILL");
    await eventually(async () => (await readdir(place)).length === 0);
    await rm(place, { recursive: true });
  });

  it("leaves nothing of a start that was given up", async () => {
    const [place, was] = [await temporary(), process.env.TMPDIR];
    process.env.TMPDIR = place;
    const giveUp = new AbortController();
    try {
      const starting = startDatabase({ signal: giveUp.signal });
      await eventually(async () => (await filesIn(place)).includes("PG_VERSION"));
      giveUp.abort(new Error("no longer wanted"));
      await assert.rejects(starting, { message: "no longer wanted" });
    } finally {
      if (was === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = was;
    }
    assert.deepEqual(await readdir(place), []);
    await rm(place, { recursive: true });
  });

  it("fails with what to do when it does not come up in time", async () => {
    await assert.rejects(
      startDatabase({ startSeconds: 0 }),
      /did not come up: .*; set DATABASE_URL to use a server of your own/,
    );
  });
});
