import assert from "node:assert/strict";
import postgres from "postgres";
import { migrate } from "../../../../app/platform/database/migrations.ts";
import { checkRoles, quoted } from "../../../../app/platform/database/roles.ts";
import { type Clinic, clinic, emptyDatabase, kept, readAll } from "../../clinic.ts";

describe("the role of a service", () => {
  let at: Clinic;
  before(async () => void (at = await clinic()));

  const denied = (sql: postgres.Sql, statement: string) =>
    assert.rejects(sql.unsafe(statement), { code: "42501" }, `"${statement}" should be denied`);

  it("does its own work", async () => {
    await at.sqlOf.appointments`select from appointments.appointments`;
    await at.sqlOf.patients`select from patients.patients`;
  });

  for (const statement of [
    "select from patients.patients",
    "select from patients.idempotency_keys",
    "select from migrations.applied",
    "delete from appointments.appointments",
    "truncate appointments.appointments",
    "create table appointments.more ()",
    "create table public.more ()",
    "create temporary table more ()",
    "create schema more",
    "create role more",
    "create extension citext",
    "alter role current_user bypassrls",
    "set role pg_write_all_data",
  ]) {
    it(`is not allowed to ${statement}`, async () => {
      await denied(at.sqlOf.appointments, statement);
    });
  }

  it("cannot own or drop what it works on", async () => {
    for (const statement of [
      "drop table appointments.appointments",
      "alter table appointments.appointments add x int",
    ]) {
      await denied(at.sqlOf.appointments, statement);
    }
  });

  it("gives up on a statement after five seconds", async () => {
    const [limit] = await at.sqlOf.appointments`show statement_timeout`;
    assert.equal(limit!.statement_timeout, "5s");
  });

  it("loses what an earlier version was granted", async () => {
    const role = quoted(at.roles.appointments);
    await at.superuser.unsafe(`grant delete on appointments.appointments to ${role}`);
    const owner = kept(postgres(at.ownerUrl, { max: 1, onnotice: () => {} }));
    await owner.unsafe(`grant delete on appointments.appointments to ${role}`);
    await migrate(owner, await readAll(), at.roles);
    await denied(at.sqlOf.appointments, "delete from appointments.appointments");
  });
});

describe("roles on RDS", () => {
  it("log in by IAM token", async () => {
    const database = await emptyDatabase();
    const owner = kept(postgres(database.ownerUrl, { max: 1, onnotice: () => {} }));
    await owner`create role rds_iam nologin`;
    try {
      await migrate(owner, await readAll(), database.roles);
      const [row] = await owner`select pg_has_role(${database.roles.patients}, 'rds_iam', 'member') as member`;
      assert.equal(row!.member, true);
    } finally {
      await owner.unsafe(`drop role rds_iam`);
    }
  });

  it("fail on a superuser in the place of a role", async () => {
    const database = await emptyDatabase();
    const owner = kept(postgres(database.ownerUrl, { max: 1, onnotice: () => {} }));
    const run = migrate(owner, await readAll(), { ...database.roles, patients: database.superuserName });
    await assert.rejects(run, /^Error: database role "\w+" is a superuser: name another one for the service$/);
  });
});

describe("names of roles", () => {
  it("are quoted whatever they hold", () => {
    assert.deepEqual(['a"; drop role b; --', "a.b"].map(quoted), ['"a""; drop role b; --"', '"a.b"']);
  });

  it("fail where PostgreSQL would cut them, where one is missing and where two services share one", () => {
    assert.throws(() => quoted("x".repeat(64)), /must have 1 to 63 bytes/);
    assert.throws(() => checkRoles({ patients: "a" } as never), /names no role for appointments/);
    assert.throws(() => checkRoles({ patients: "a", appointments: "a" }), /"a" belongs to two services/);
  });
});
