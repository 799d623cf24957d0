import * as z from "zod/mini";
import { en } from "zod/locales";
import { type Flaw, Problem } from "./problem.ts";
import type { Schema } from "./route.ts";

// zod/mini says only "Invalid input" unless a language is loaded.
z.config(en());

/** `value` as `schema` reads it; fails with a 400 that names every flaw. */
export function read(schema: Schema | undefined, value: unknown, where: Flaw["in"]): unknown {
  if (!schema) return undefined;
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const all = result.error.issues.flatMap((issue) => flaws(issue, where));
  // One flaw for each place: what follows from the first only repeats it.
  const errors = all.filter(({ at }, index) => all.findIndex((flaw) => flaw.at === at) === index).slice(0, 20);
  throw new Problem(400, "invalid-request", `the ${where} is not valid`, { errors });
}

function flaws(issue: z.core.$ZodIssue, where: Flaw["in"]): Flaw[] {
  const at = (path: PropertyKey[]) => (where === "body" ? pointer(path) : path.join("."));
  if (issue.code !== "unrecognized_keys") return [{ in: where, at: at(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({ in: where, at: at([...issue.path, key]), detail: "is not known here" }));
}

/** JSON pointer, RFC 6901. */
function pointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The JSON of a request's body; fails with 415 on another media type and with 400 on text that is no JSON. */
export async function readJson(request: { header(name: string): string | undefined; text(): Promise<string> }) {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Problem(415, "not-json", "send the body as application/json", {
      headers: { accept: "application/json" },
    });
  }
  try {
    return JSON.parse(await request.text()) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem(400, "malformed-json", "the body is not JSON");
  }
}

/** The `Idempotency-Key`, checked; undefined when there is none. */
export function readIdempotencyKey(value: string | undefined): string | undefined {
  if (value === undefined || /^[\x21-\x7e]{1,128}$/.test(value)) return value;
  const flaw = { in: "header", at: "Idempotency-Key", detail: "must be 1 to 128 visible ASCII characters" } as const;
  throw new Problem(400, "invalid-request", "the header is not valid", { errors: [flaw] });
}

/** The version an `If-Match` header names; undefined when there is none or any will do. */
export function readIfMatch(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === "*") return undefined;
  const [, version] = /^"([1-9][0-9]{0,8})"$/.exec(value.trim()) ?? [];
  if (version) return Number(version);
  const flaw = { in: "header", at: "If-Match", detail: 'must be one ETag as it was given, like "3"' } as const;
  throw new Problem(400, "invalid-request", "the header is not valid", { errors: [flaw] });
}
