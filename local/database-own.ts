import postgres from "postgres";

/**
 * Checks that `DATABASE_URL` leads to a PostgreSQL server that takes its user for a superuser, before anything else is started.
 * Waits `seconds` for an answer, 5 unless told. Fails with what to do, and never repeats the password.
 */
export async function checkOwnDatabase(url: string, seconds = 5): Promise<void> {
  const given = URL.parse(url);
  if (!given || !["postgres:", "postgresql:"].includes(given.protocol)) {
    throw new Error("DATABASE_URL must look like postgres://user:password@host:5432/database: write it like that");
  }
  const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: seconds, onnotice: () => undefined });
  const { promise: late, reject } = Promise.withResolvers<never>();
  // The driver's own limit begins anew whenever what is there hangs up.
  const timer = setTimeout(() => reject({ code: "CONNECT_TIMEOUT" }), seconds * 1000);
  try {
    const asked = sql`select rolname, rolsuper from pg_roles where rolname = current_user`;
    const [user] = await Promise.race([asked, late]);
    if (user?.rolsuper) return;
    throw new Error(`"${user?.rolname}" is no superuser there: give a user who may create roles and databases`);
  } catch (error) {
    throw new Error(`DATABASE_URL, ${given.host}: ${reason(error, seconds)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    await sql.end({ timeout: 0 });
  }
}

function reason(error: unknown, seconds: number): string {
  const { message, code } = error as Error & { code?: string };
  if (code === "CONNECT_TIMEOUT") return `no answer within ${seconds} seconds: start the server or mend the address`;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND")
    return `nothing answers there (${code}): start the server or mend the address`;
  if (code === "28P01" || code === "28000" || code === "3D000") return `${message}: mend user, password or database`;
  return message || String(code);
}
