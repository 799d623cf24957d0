import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import postgres from "postgres";
import { startDatabase } from "../local/database.ts";

// The least that a laptop could run instead: the same PostgreSQL, made and started as for the stack, and one server that has asked it something.
const database = await startDatabase();
const sql = postgres(database.url, { max: 1 });
await sql`select 1`;
const app = new Hono().get("/", async (c) => c.json(await sql`select 1`));
const server = createAdaptorServer({ fetch: app.fetch }).listen(0, "127.0.0.1", () => console.log("ready"));
process.once("SIGINT", async () => {
  server.close();
  await sql.end();
  await database.stop();
});
