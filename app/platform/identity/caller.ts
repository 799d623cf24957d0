import { Problem } from "../http/problem.ts";

/** Who asks, as far as a service needs to know. */
export interface Caller {
  /** `sub` of the token: a person, or the client itself for a machine. */
  id: string;
  scopes: ReadonlySet<string>;
}

/** The caller a verified token's claims name; undefined when they name none. */
export function callerFrom(claims: unknown): Caller | undefined {
  if (typeof claims !== "object" || claims === null) return undefined;
  const { sub, client_id: client, scope } = claims as Record<string, unknown>;
  const id = [sub, client].find((word): word is string => typeof word === "string" && word.length > 0);
  if (!id) return undefined;
  return { id, scopes: new Set(typeof scope === "string" ? scope.split(" ").filter(Boolean) : []) };
}

/** Fails with 403 when the caller's token lacks `scope`, as it stands in tokens. The gateway asks the same: this is the second lock. */
export function requireScope(caller: Caller, scope: string): void {
  if (caller.scopes.has(scope)) return;
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
  throw new Problem(403, "insufficient-scope", `the token lacks the scope ${scope}`, {
    headers: { "www-authenticate": challenge },
  });
}

export function unauthorized(detail: string, challenge = "Bearer"): Problem {
  return new Problem(401, "unauthorized", detail, { headers: { "www-authenticate": challenge } });
}
