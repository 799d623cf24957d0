import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { startDatabase, type Database } from "../../local/database.ts";

/** Resolves when `condition` holds, rejects when it has not within five seconds. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("the condition never held");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function listening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

describe("local database", () => {
  let database: Database;
  before(async () => void (database = await startDatabase()));
  after(() => database.stop());

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
    const program = `const { startDatabase } = await import(${JSON.stringify(fileURLToPath(new URL("../../local/database.ts", import.meta.url)))});
      console.log((await startDatabase()).port); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout, "data");
    const port = Number(line);
    assert.equal(await listening(port), true);
    child.kill("SIGKILL");
    await eventually(async () => !(await listening(port)));
  });

  it("fails with what to do when it does not come up in time", async () => {
    await assert.rejects(
      startDatabase({ startSeconds: 0 }),
      /did not come up: .*; set DATABASE_URL to use a server of your own/,
    );
  });
});
