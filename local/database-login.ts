import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { databaseRefusal, type Refusal } from "./database-access.ts";
import type { Node } from "./graph.ts";

/** Connection strings for whoever the graph lets log in. */
export interface Logins {
  /**
   * For the environment of the function or service called `name`: as the user it names, or as the owner where it reads the master
   * secret; else nothing. Where the graph keeps it from the database, the database turns it away.
   */
  forEnvironment(name: string, variables: Record<string, string>): Record<string, string> | undefined;
  /** Gives the users that the migrations created the passwords that stand in for IAM tokens. */
  admitUsers(): Promise<void>;
}

/**
 * Prepares the server at `url` as RDS prepares one: the database and the owner that the graph names. The owner may create roles and
 * databases and is no superuser, as on RDS. Fails when the graph has other than one database.
 */
export async function prepareLogins(url: string, nodes: Node[]): Promise<Logins> {
  const instances = nodes.filter(({ type }) => type === "aws:rds/instance:Instance");
  if (instances.length !== 1)
    throw new Error(`the local lane serves one database, the program declares ${instances.length}`);
  const { dbName, username } = instances[0]!.inputs as { dbName: string; username: string };
  const ownerPassword = randomBytes(18).toString("base64url");
  const users = new Map<string, string>();
  let owner = username;
  await asSuperuser(url, async (sql) => {
    // On a server of the caller's own, a superuser may already have that name; it is left alone.
    const [superuser] = await sql`select 1 from pg_roles where rolname = ${username} and rolsuper`;
    if (superuser) owner = `${username}-owner`;
    await createOwner(sql, owner, ownerPassword);
    const [present] = await sql`select 1 from pg_database where datname = ${dbName}`;
    if (!present) await sql.unsafe(`create database ${quoted(dbName)} owner ${quoted(owner)}`);
  });
  return {
    forEnvironment(name, variables) {
      const { DATABASE_USER: user, DATABASE_SECRET_ARN: secret, DATABASE_NAME: database = dbName } = variables;
      if (!secret && !user) return undefined;
      if (user && !users.has(user)) users.set(user, randomBytes(18).toString("base64url"));
      const own = secret ? login(url, owner, ownerPassword, database) : login(url, user!, users.get(user!)!, database);
      const refusal = databaseRefusal(name, variables, nodes);
      return { DATABASE_URL: refusal ? turnedAway(own, refusal) : own };
    },
    admitUsers: () =>
      asSuperuser(url, async (sql) => {
        for (const [user, password] of users) await sql.unsafe(`alter role ${quoted(user)} password '${password}'`);
      }),
  };
}

async function createOwner(sql: postgres.Sql, name: string, password: string): Promise<void> {
  const [present] = await sql`select 1 from pg_roles where rolname = ${name}`;
  const verb = present ? "alter" : "create";
  await sql.unsafe(`${verb} role ${quoted(name)} login createrole createdb nosuperuser password '${password}'`);
}

async function asSuperuser(url: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  // The client asks for types behind our back, and nobody hears of it when the server is stopped meanwhile.
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

function login(url: string, user: string, password: string, database: string): string {
  const own = new URL(url);
  own.username = encodeURIComponent(user);
  own.password = encodeURIComponent(password);
  own.pathname = `/${encodeURIComponent(database)}`;
  return own.href;
}

/** The same login where nobody answers, as without a way through the network, or with a token that is none. */
export function turnedAway(login: string, { kind }: Refusal): string {
  const url = new URL(login);
  if (kind === "unreachable") url.port = "1";
  else url.password = "no-token";
  return url.href;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
