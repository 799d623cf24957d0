import postgres from "postgres";

/** Longest wait for a server of the caller's own to answer. */
const connectSeconds = 5;

/**
 * Checks that `DATABASE_URL` leads to a PostgreSQL server that takes its user for a superuser, before anything else is started.
 * Fails with what to do, and never repeats the password.
 */
export async function checkOwnDatabase(url: string): Promise<void> {
  const given = URL.parse(url);
  if (!given || !["postgres:", "postgresql:"].includes(given.protocol)) {
    throw new Error("DATABASE_URL must look like postgres://user:password@host:5432/database: write it like that");
  }
  const sql = postgres(url, { max: 1, connect_timeout: connectSeconds, onnotice: () => undefined });
  try {
    const [user] = await sql`select rolname, rolsuper from pg_roles where rolname = current_user`;
    if (user?.rolsuper) return;
    throw new Error(`"${user?.rolname}" is no superuser there: give a user who may create roles and databases`);
  } catch (error) {
    throw new Error(`DATABASE_URL, ${given.host}: ${reason(error)}`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function reason(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  if (code === "CONNECT_TIMEOUT")
    return `no answer within ${connectSeconds} seconds: start the server or mend the address`;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND")
    return `nothing answers there (${code}): start the server or mend the address`;
  if (code === "28P01" || code === "28000" || code === "3D000") return `${message}: mend user, password or database`;
  return message || String(code);
}
