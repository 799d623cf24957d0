import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { environment as names, type ServiceName } from "../contract.ts";
import { endpoint } from "../platform/database/connection.ts";
import { readMigrations } from "../platform/database/migration-files.ts";
import { migrate } from "../platform/database/migrations.ts";
import { ownerSecret } from "../platform/database/owner-secret.ts";
import { required } from "../platform/environment.ts";
import { createLog } from "../platform/telemetry/log.ts";

const { env } = process;
const log = createLog("migrations");
const services = fileURLToPath(new URL("../services/", import.meta.url));

export interface MigrationResult {
  /** Files applied by this run, `<service>/<file>`; empty when the database was up to date. */
  applied: string[];
}

/** Applies the migrations of all services; fails, with nothing changed, when one does. `event.migrations` only goes to the log. */
export async function handler(event?: { migrations?: string }): Promise<MigrationResult> {
  const roles = readRoles(required(env, names.databaseRoles));
  const files = await readMigrations(services);
  const sql = await connectAsOwner();
  try {
    const applied = await migrate(sql, files, roles);
    log.info("migrated", { applied, migrations: event?.migrations });
    return { applied };
  } finally {
    await sql.end({ timeout: 3 });
  }
}

async function connectAsOwner(): Promise<postgres.Sql> {
  const connection = { application_name: "migrations" };
  const common = { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {}, connection };
  const url = env[names.databaseUrl];
  if (url) return postgres(url, common);
  const { username: user, password: pass } = await ownerSecret(required(env, names.databaseSecretArn));
  return postgres({ ...common, ...endpoint(env), user, pass });
}

function readRoles(text: string): Record<ServiceName, string> {
  try {
    return JSON.parse(text) as Record<ServiceName, string>;
  } catch {
    throw new Error(`${names.databaseRoles} must be JSON from service name to database user, got "${text}"`);
  }
}
