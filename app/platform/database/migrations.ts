import type { ServiceName } from "../../contract.ts";
import type { Sql, Transaction } from "./connection.ts";
import type { MigrationFile, ServiceMigrations } from "./migration-files.ts";
import { checkRoles, closeDatabase, grantAll, openRole } from "./roles.ts";

// Any number, the same for every run: two runs at once would otherwise both find a migration missing.
const lock = 7_134_902_551;

/**
 * Brings the database to what `services` say, all or nothing: schemas, migrations not yet applied, one role per service with what
 * its grants name. A second run at the same time waits for the first and finds nothing to do. Works for an owner that is no
 * superuser, as on RDS: the owner keeps the schemas, the roles only get grants. Returns what it applied, `<service>/<file>`.
 */
export function migrate(
  sql: Sql,
  services: ServiceMigrations[],
  roles: Record<ServiceName, string>,
): Promise<string[]> {
  checkRoles(roles);
  return sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${lock})`;
    // From here on nobody waits long for us: a table that live traffic holds fails the run instead of queueing that traffic.
    await transaction`set local lock_timeout = '10s'`;
    await transaction`create schema if not exists migrations`;
    await transaction`
      create table if not exists migrations.applied (
        service text, name text, checksum text not null, applied_at timestamptz not null default now(), primary key (service, name)
      )`;
    await closeDatabase(transaction);
    const applied: string[] = [];
    for (const { service, files, grants } of services) {
      await transaction`create schema if not exists ${transaction(service)}`;
      await openRole(transaction, roles[service]);
      for (const { name } of await applyMissing(transaction, service, files)) applied.push(`${service}/${name}`);
      await grantAll(transaction, service, roles[service], grants);
    }
    return applied;
  }) as Promise<string[]>;
}

async function applyMissing(sql: Transaction, service: ServiceName, files: MigrationFile[]): Promise<MigrationFile[]> {
  const rows = await sql<{ name: string; checksum: string }[]>`
    select name, checksum from migrations.applied where service = ${service} order by name`;
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const newest = rows.at(-1)?.name ?? "";
  for (const { name, checksum } of files) {
    const before = done.get(name);
    if (before !== undefined && before !== checksum) {
      throw new Error(`migration ${service}/${name} changed after it was applied: put it back and write a new one`);
    }
    if (before === undefined && name < newest) {
      throw new Error(`migration ${service}/${name} comes before ${newest}, which is applied: give it the next number`);
    }
  }
  const missing = files.filter(({ name }) => !done.has(name));
  for (const { name, sql: text, checksum } of missing) {
    await sql.unsafe(text).catch((cause: Error) => {
      throw new Error(`migration ${service}/${name} failed: ${cause.message}`, { cause });
    });
    await sql`insert into migrations.applied (service, name, checksum) values (${service}, ${name}, ${checksum})`;
  }
  return missing;
}
