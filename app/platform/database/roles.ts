import { type ServiceName, serviceNames } from "../../contract.ts";
import type { Transaction } from "./connection.ts";

/** `name` as an SQL identifier, whatever it holds. Fails on a name PostgreSQL would cut or cannot hold. */
export function quoted(name: string): string {
  if (name.length === 0 || name.includes("\0") || Buffer.byteLength(name) > 63) {
    throw new Error(`database role "${name}" must have 1 to 63 bytes: shorten it`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** Fails unless every service has a role of its own. */
export function checkRoles(roles: Record<ServiceName, string>): void {
  for (const service of serviceNames) {
    if (typeof roles[service] !== "string") throw new Error(`DATABASE_ROLES names no role for ${service}: add it`);
    quoted(roles[service]);
  }
  const names = Object.values(roles);
  const shared = names.find((name, index) => names.indexOf(name) !== index);
  if (shared) throw new Error(`database role "${shared}" belongs to two services: give each its own`);
}

/** Nobody gets in by being anybody: PostgreSQL lets every role connect and make temporary tables until told otherwise. */
export async function closeDatabase(sql: Transaction): Promise<void> {
  await sql`do $$ begin
    execute format('revoke all on database %I from public', current_database());
    revoke create on schema public from public;
  end $$`;
}

// Well under the limits of both hosts: the caller gets an answer, and a function frozen in mid-transaction holds no locks.
const limits = { statement_timeout: "5s", lock_timeout: "4s", idle_in_transaction_session_timeout: "10s" };

/** Makes sure that the role exists, may connect, and on RDS logs in by IAM token. It owns nothing and has no password from here. */
export async function openRole(sql: Transaction, role: string): Promise<void> {
  const [found] = await sql<{ rolsuper: boolean }[]>`select rolsuper from pg_roles where rolname = ${role}`;
  if (found?.rolsuper) throw new Error(`database role "${role}" is a superuser: name another one for the service`);
  if (!found) await sql.unsafe(`create role ${quoted(role)} login`);
  for (const [limit, value] of Object.entries(limits)) {
    await sql.unsafe(`alter role ${quoted(role)} set ${limit} = '${value}'`);
  }
  const [{ database, cloud }] = await sql<[{ database: string; cloud: boolean }]>`
    select current_database() as database, exists (select from pg_roles where rolname = 'rds_iam') as cloud`;
  await sql.unsafe(`grant connect on database ${quoted(database)} to ${quoted(role)}`);
  if (cloud) await sql.unsafe(`grant rds_iam to ${quoted(role)}`);
}

/** Gives the role what `grants` names in its schema, and takes what an earlier version gave. */
export async function grantAll(sql: Transaction, service: ServiceName, role: string, grants: string): Promise<void> {
  const schema = quoted(service);
  await sql.unsafe(`
    revoke all on all tables in schema ${schema} from ${quoted(role)};
    revoke all on schema ${schema} from ${quoted(role)};
    grant usage on schema ${schema} to ${quoted(role)};
    ${grants.replaceAll(":role", () => quoted(role))}`);
}
