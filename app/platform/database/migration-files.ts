import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ServiceName, serviceNames } from "../../contract.ts";

export interface MigrationFile {
  /** For example `0001_patients.sql`: applied in this order. */
  name: string;
  sql: string;
  /** SHA-256 of `sql`, by which a file that changed after it was applied is found. */
  checksum: string;
}

/** What one service asks of the database. */
export interface ServiceMigrations {
  service: ServiceName;
  files: MigrationFile[];
  /** What the service's role may do, with `:role` for its name; applied each time. */
  grants: string;
}

/** Reads `<services>/<service>/migrations/*.sql` and `grants.sql`. Fails on a file out of form or two with one number. */
export async function readMigrations(services: string): Promise<ServiceMigrations[]> {
  return Promise.all(
    serviceNames.map(async (service) => {
      const folder = join(services, service, "migrations");
      const names = (await readdir(folder)).sort();
      checkNames(service, names);
      const files = names.map(async (name) => {
        const sql = await readText(join(folder, name));
        return { name, sql, checksum: sha256(sql) };
      });
      return {
        service,
        files: await Promise.all(files),
        grants: await readText(join(services, service, "grants.sql")),
      };
    }),
  );
}

function checkNames(service: string, names: string[]): void {
  const wrong = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  if (wrong) throw new Error(`migration "${wrong}" of ${service} must be named like 0001_what_it_does.sql`);
  const twice = names.find((name, index) => names[index - 1]?.slice(0, 4) === name.slice(0, 4));
  if (twice) throw new Error(`migration "${twice}" of ${service} has the number of another: give it the next free one`);
}

// A checkout with other line ends is not another migration.
const readText = async (path: string) => (await readFile(path, "utf8")).replaceAll("\r\n", "\n");

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
