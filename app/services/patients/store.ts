import { randomUUID } from "node:crypto";
import type { Sql, Transaction } from "../../platform/database/connection.ts";
import { query } from "../../platform/database/query.ts";
import { cutPage, type Page, readCursor } from "../../platform/http/cursor.ts";
import { Problem } from "../../platform/http/problem.ts";
import type { NewPatient, Patient, PatientChange } from "./domain.ts";

interface Row {
  id: string;
  given_name: string;
  family_name: string;
  birth_date: string;
  email: string | null;
  phone: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

// The day as text: a JavaScript date would put it into a time zone.
const columns = (sql: Sql | Transaction) => sql`
  id, given_name, family_name, birth_date::text, email, phone, version, created_at, updated_at`;

export async function registerPatient(sql: Transaction, patient: NewPatient): Promise<Patient> {
  const row = { id: randomUUID(), ...toColumns(patient) };
  const [stored] = await query(
    "insert patients",
    sql<Row[]>`insert into patients.patients ${sql(row)} returning ${columns(sql)}`,
  );
  return toPatient(stored!);
}

export async function readPatient(sql: Sql, id: string): Promise<Patient | undefined> {
  const [row] = await query(
    "select patients",
    // In one piece: the hottest statement, and each piece that is put in costs as much as the row.
    sql<Row[]>`
      select id, given_name, family_name, birth_date::text, email, phone, version, created_at, updated_at
      from patients.patients where id = ${id}`,
  );
  return row && toPatient(row);
}

export async function listPatients(
  sql: Sql,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<Patient>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await query(
    "select patients",
    sql<Row[]>`
      select ${columns(sql)} from patients.patients
      where ${after ? sql`(created_at, id) > (${after.at}, ${after.id}::uuid)` : sql`true`}
      order by created_at, id limit ${limit + 1}`,
  );
  return cutPage(rows, limit, ({ created_at, id }) => ({ at: new Date(created_at), id }), toPatient);
}

/** Replaces fields, when the patient still has `expectedVersion` if one is given; undefined when there is no such patient. */
export async function changePatient(
  sql: Sql,
  id: string,
  change: PatientChange,
  expectedVersion?: number,
): Promise<Patient | undefined> {
  const [row] = await query(
    "update patients",
    sql<Row[]>`
      update patients.patients
      set ${sql(toColumns(change))}, version = version + 1, updated_at = clock_timestamp()
      where id = ${id} and ${expectedVersion === undefined ? sql`true` : sql`version = ${expectedVersion}`}
      returning ${columns(sql)}`,
  );
  if (row) return toPatient(row);
  const now = await readPatient(sql, id);
  if (now)
    throw new Problem(412, "changed-meanwhile", `the patient is at version ${now.version} by now: read it again`);
  return undefined;
}

const columnOf = {
  givenName: "given_name",
  familyName: "family_name",
  birthDate: "birth_date",
  email: "email",
  phone: "phone",
} as const;

function toColumns(fields: PatientChange): Record<string, string> {
  const named = Object.entries(columnOf) as [keyof PatientChange, string][];
  return Object.fromEntries(
    named.flatMap(([field, column]) => (fields[field] === undefined ? [] : [[column, fields[field]]])),
  );
}

function toPatient(row: Row): Patient {
  const { id, given_name: givenName, family_name: familyName, birth_date: birthDate, email, phone, version } = row;
  const contact = { ...(email !== null && { email }), ...(phone !== null && { phone }) };
  const stamps = { createdAt: row.created_at, updatedAt: row.updated_at };
  return { id, givenName, familyName, birthDate, ...contact, version, ...stamps };
}
