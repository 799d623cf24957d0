import { Problem } from "./problem.ts";

// Failures of the connection by postgres.js and Node, and of the server by SQLSTATE: trying again may well succeed.
const passing = new Set([
  ...["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"],
  ...[
    "08000",
    "08003",
    "08006",
    "28000",
    "28P01",
    "40001",
    "40P01",
    "53300",
    "55P03",
    "57014",
    "57P01",
    "57P02",
    "57P03",
  ],
]);

const codeOf = (error: unknown) => String((error as { code?: unknown } | undefined)?.code ?? "");

/** What a caller may know about `error`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (passing.has(codeOf(error))) {
    return new Problem(503, "database-unreachable", "the database does not answer", {
      headers: { "retry-after": "1" },
    });
  }
  return new Problem(500, "internal-error", "the service failed; its log knows the requestId");
}

/** What the log may know about `error`: never the values that PostgreSQL quotes in details, parameters and data errors. */
export function asLogged(error: unknown): Record<string, string> {
  const code = codeOf(error);
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = "" } = error;
  if (name !== "PostgresError") return { name, message, stack, ...(code && { code }) };
  const {
    constraint_name: constraint = "",
    table_name: table = "",
    routine = "",
  } = error as unknown as Record<string, string>;
  const frames = stack.slice(stack.indexOf("\n    at ") + 1);
  return { name, code, constraint, table, routine, stack: frames };
}
