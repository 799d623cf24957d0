import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import postgres from "postgres";

// The patients service's read route by the framework and the database's client alone, as its documentation would have it: the same
// statement, the same body and headers of the answer, but no token, scope, validation, request id, log, metric or trace.
const sql = postgres(process.env.DATABASE_URL!, { max: 10 });
const app = new Hono();
app.get("/patients/:patientId", async (c) => {
  const [row] = await sql`
    select id, given_name, family_name, birth_date::text, email, phone, version, created_at, updated_at
    from patients.patients where id = ${c.req.param("patientId")}`;
  if (!row) return c.notFound();
  const { id, given_name: givenName, family_name: familyName, birth_date: birthDate, email, phone, version } = row;
  const contact = { ...(email !== null && { email }), ...(phone !== null && { phone }) };
  const stamps = { createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() };
  const patient = { id, givenName, familyName, birthDate, ...contact, version, ...stamps };
  return c.json(patient, 200, { etag: `"${version}"`, "cache-control": "no-store" });
});
createAdaptorServer({ fetch: app.fetch }).listen(Number(process.env.PORT), () => console.log("listening"));
