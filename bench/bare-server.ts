import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import postgres from "postgres";

// The same route as the patients service's, by the framework and the database's client alone: no token, validation, log or trace.
const sql = postgres(process.env.DATABASE_URL!, { max: 10 });
const app = new Hono();
app.get("/patients/:patientId", async (c) => {
  const [patient] = await sql`
    select id, given_name, family_name, birth_date::text, email, phone, version, created_at, updated_at
    from patients.patients where id = ${c.req.param("patientId")}`;
  return patient ? c.json(patient) : c.notFound();
});
createAdaptorServer({ fetch: app.fetch }).listen(Number(process.env.PORT), () => console.log("listening"));
