import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { type Scope, type ServiceName, serviceNames, tokenScope } from "../../app/contract.ts";
import { connect, type Sql } from "../../app/platform/database/connection.ts";
import { readMigrations, type ServiceMigrations } from "../../app/platform/database/migration-files.ts";
import { migrate } from "../../app/platform/database/migrations.ts";
import { createService } from "../../app/platform/http/service.ts";
import { unauthorized } from "../../app/platform/identity/caller.ts";
import type { Log, LogFields } from "../../app/platform/telemetry/log.ts";
import { routesOf } from "../../app/services/registry.ts";
import { type Database, startDatabase } from "../../local/database.ts";

/** A database of its own on a server that all specs share, owned as on RDS by somebody who is no superuser. */
export interface EmptyDatabase {
  ownerUrl: string;
  /** Database users by service; names with what an identifier needs quoting for. */
  roles: Record<ServiceName, string>;
  superuser: Sql;
  superuserName: string;
  urlOf(service: ServiceName): Promise<string>;
}

const password = "only-in-tests";
let server: Promise<Database> | undefined;
const open: Sql[] = [];

after(async () => {
  // Of the processes that share the files, each keeps its server for its next files: the server ends with the process.
  if (process.env.MOCHA_WORKER_ID !== undefined) return;
  await Promise.all(open.map((sql) => sql.end({ timeout: 1 })));
  await (await server)?.stop();
});

/** Closes `sql` when all specs are through. */
export function kept(sql: Sql): Sql {
  open.push(sql);
  return sql;
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const { url, urlFor } = await (server ??= startDatabase());
  const id = randomUUID().slice(0, 8);
  const owner = `owner-${id}`;
  const name = `clinic-${id}`;
  const root = kept(postgres(url, { max: 1, onnotice: () => {} }));
  await root.unsafe(`create role "${owner}" login createrole createdb password '${password}'`);
  await root.unsafe(`create database "${name}" owner "${owner}"`);
  const roles = { patients: `${id}-"patients"`, appointments: `${id}-appoint.ments` };
  const { username: superuserName, password: secret } = new URL(url);
  const superuser = kept(postgres(urlFor(superuserName, secret, name), { max: 1, onnotice: () => {} }));
  const urlOf = async (service: ServiceName) => {
    await root.unsafe(`alter role "${roles[service].replaceAll('"', '""')}" password '${password}'`);
    return urlFor(roles[service], password, name);
  };
  return { ownerUrl: urlFor(owner, password, name), roles, superuser, superuserName, urlOf };
}

export const readAll = (): Promise<ServiceMigrations[]> =>
  readMigrations(fileURLToPath(new URL("../../app/services/", import.meta.url)));

export interface Asked {
  body?: unknown;
  /** Body as it is sent, where it is not JSON. */
  text?: string;
  headers?: Record<string, string>;
  /** Defaults to all scopes. */
  scopes?: Scope[];
  /** Who asks; nobody when null. Defaults to one person. */
  caller?: string | null;
}

export interface Answered {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- specs look into bodies freely
  body: any;
  text: string;
}

export interface Clinic extends EmptyDatabase {
  ask(method: string, path: string, asked?: Asked): Promise<Answered>;
  /** Everything logged so far. */
  lines: ({ level: string; message: string } & LogFields)[];
  /** Everything counted so far. */
  counted: string[];
  sqlOf: Record<ServiceName, Sql>;
}

const allScopes: Scope[] = ["patients.read", "patients.write", "appointments.read", "appointments.write"];

/** Both services over a migrated database, asked without a network. */
export async function clinic(): Promise<Clinic> {
  const database = await emptyDatabase();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await migrate(owner, await readAll(), database.roles);
  await owner.end();
  const lines: Clinic["lines"] = [];
  const counted: string[] = [];
  const logOf = (always: LogFields): Log => {
    const write =
      (level: string) =>
      (message: string, fields: LogFields = {}) =>
        void lines.push({ level, message, ...always, ...fields });
    const bound = (fields: LogFields) => logOf({ ...always, ...fields });
    return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error"), bound };
  };
  const log = logOf({});
  const count = (metric: string) => void counted.push(metric);
  const sqlOf = {} as Record<ServiceName, Sql>;
  const apps = new Map<string, ReturnType<typeof createService>>();
  for (const name of serviceNames) {
    sqlOf[name] = kept(connect({ DATABASE_URL: await database.urlOf(name) }, { connections: 5 }));
    apps.set(name, createService({ routes: routesOf[name], sql: sqlOf[name], log, count }));
  }
  const ask = async (method: string, path: string, { body, text, headers, scopes, caller }: Asked = {}) => {
    const app = apps.get(
      path.startsWith("/appointments") || path === "/health/appointments" ? "appointments" : "patients",
    )!;
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const granted = new Set((scopes ?? allScopes).map(tokenScope));
    const identify = async () => {
      if (caller === null) throw unauthorized("nobody asks");
      return { id: caller ?? "person-1", scopes: granted };
    };
    const bindings = { requestId: randomUUID(), identify };
    const type: Record<string, string> = sent === undefined ? {} : { "content-type": "application/json" };
    const response = await app.request(path, { method, body: sent, headers: { ...type, ...headers } }, bindings);
    const answer = await response.text();
    return { status: response.status, headers: response.headers, text: answer, body: answer && JSON.parse(answer) };
  };
  return { ...database, ask, lines, counted, sqlOf };
}

export const somePatient = { givenName: "Ada", familyName: "Example", birthDate: "1984-02-29" };

/** A booking nobody else in the specs makes, unless told. */
export const someBooking = (fields: object = {}) => ({
  patientId: randomUUID(),
  clinicianId: randomUUID(),
  startsAt: "2030-05-06T09:30:00Z",
  durationMinutes: 30,
  ...fields,
});

/** A log that nobody reads. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  bound: () => silentLog,
};

/** Sets variables of this process for a while; call the result to have the old ones back. */
export function withEnvironment(variables: Record<string, string>): () => void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
