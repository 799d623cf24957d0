import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import postgres from "postgres";
import type { Node } from "../../local/graph.ts";
import { readFunctions } from "../../local/lambda/function-spec.ts";
import { recorded } from "../recorded.ts";
import { prepareLogins } from "../../local/database-login.ts";
import { checkOwnDatabase } from "../../local/database-own.ts";
import { startDatabase, type Database } from "../../local/database.ts";

/** Name and environment of the function that migrates. */
function migrations(nodes: Node[]): [name: string, variables: Record<string, string>] {
  const { functionName, environment } = readFunctions(nodes).find(({ functionName }) =>
    functionName.endsWith("migrations"),
  )!;
  return [functionName, environment];
}

describe("database of the caller's own", () => {
  let database: Database;
  let sql: postgres.Sql;
  before(async () => {
    database = await startDatabase();
    sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    await sql`create role weak login password 'weak'`;
    await sql`create role postgres superuser login password 'kept'`;
  });
  after(async () => {
    await sql.end();
    await database.stop();
  });

  it("is taken when its user is a superuser", () => checkOwnDatabase(database.url));

  for (const url of ["nonsense", "http://localhost/x", "localhost:5432"]) {
    it(`fails on ${url}, which is no connection string`, () =>
      assert.rejects(checkOwnDatabase(url), /^Error: DATABASE_URL must look like postgres:/));
  }

  it("fails with what to do on a user without rights, a wrong password, a database and a server that are not there", async () => {
    const at = `DATABASE_URL, 127.0.0.1:${database.port}:`;
    const failures = {
      [database.urlFor("weak", "weak", "postgres")]:
        `${at} "weak" is no superuser there: give a user who may create roles and databases`,
      [database.urlFor("weak", "wrong", "postgres")]:
        `${at} password authentication failed for user "weak": mend user, password or database`,
      [database.urlFor("weak", "weak", "nowhere")]:
        `${at} database "nowhere" does not exist: mend user, password or database`,
      "postgres://me:secret@127.0.0.1:1/x":
        "DATABASE_URL, 127.0.0.1:1: nothing answers there (ECONNREFUSED): start the server or mend the address",
    };
    for (const [url, message] of Object.entries(failures)) await assert.rejects(checkOwnDatabase(url), { message });
  });

  for (const [what, answer] of [
    ["keeps silent", (socket: Socket) => void socket.resume()],
    ["hangs up", (socket: Socket) => void socket.destroy()],
  ] as const) {
    it(`fails within its time on something that ${what}`, async () => {
      const other = createServer(answer).listen(0, "127.0.0.1");
      await once(other, "listening");
      const host = `127.0.0.1:${(other.address() as AddressInfo).port}`;
      await assert.rejects(checkOwnDatabase(`postgres://me@${host}/x`, 0.3), {
        message: `DATABASE_URL, ${host}: no answer within 0.3 seconds: start the server or mend the address`,
      });
      await new Promise((closed) => other.close(closed));
    });
  }

  it("keeps its superuser who has the name of the graph's owner, and serves a second start", async () => {
    const nodes = (await recorded("dev")).nodes.map((node) =>
      node.type === "aws:rds/instance:Instance" ? { ...node, inputs: { ...node.inputs, username: "postgres" } } : node,
    );
    for (const start of ["first", "second"]) {
      const logins = await prepareLogins(database.url, nodes);
      const { DATABASE_URL } = logins.forEnvironment(...migrations(nodes))!;
      const owner = postgres(DATABASE_URL!, { max: 1 });
      const [row] = await owner`select current_user as name, current_database() as database`;
      await owner.end();
      assert.deepEqual({ ...row }, { name: "postgres-owner", database: "clinic" }, start);
    }
    const kept = postgres(database.urlFor("postgres", "kept", "postgres"), { max: 1 });
    const [row] = await kept`select rolsuper from pg_roles where rolname = current_user`;
    await kept.end();
    assert.equal(row!.rolsuper, true);
  });

  it("turns away whom the program gives no right to log in", async () => {
    const { nodes } = await recorded("dev");
    const ungranted = nodes.filter(({ name }) => name !== "migrations-runner-grant");
    const logins = await prepareLogins(database.url, ungranted);
    const sql = postgres(logins.forEnvironment(...migrations(nodes))!.DATABASE_URL!, { max: 1 });
    await assert.rejects(sql`select 1`, { code: "28P01" });
    await sql.end();
  });
});
