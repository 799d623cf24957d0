import type { Client } from "../client.ts";
import { invalidParameter, notAuthorized, userNotFound } from "../errors.ts";
import type { Pool, Pools } from "../pool.ts";
import { sameSecret, secretHash } from "../secrets.ts";
import { selfScope } from "../tokens.ts";
import type { User } from "../users.ts";
import { text, type Input } from "./input.ts";

/** The pool and client a public operation names. Fails when a client with a secret does not prove that it knows it. */
export function clientIn(pools: Pools, input: Input, username: string, hash: string | undefined) {
  const found = pools.client(text(input, "ClientId"));
  checkSecretHash(found.client, username, hash);
  return found;
}

export function checkSecretHash(client: Client, username: string, hash: string | undefined): void {
  const refused = `Unable to verify secret hash for client ${client.id}`;
  if (client.secret === undefined) {
    if (hash !== undefined) throw notAuthorized(refused);
    return;
  }
  if (hash === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  if (!sameSecret(secretHash(client.secret, username, client.id), hash)) throw notAuthorized(refused);
}

/** The user of a pool an administrator names. */
export function userIn(pools: Pools, input: Input): { pool: Pool; user: User } {
  const pool = pools.pool(text(input, "UserPoolId"));
  const user = pool.users.find(text(input, "Username"));
  if (!user) throw userNotFound();
  return { pool, user };
}

/** Who an access token speaks for. Fails when it is none of ours, expired, revoked, or without the scope for this API. */
export async function bearerIn(pools: Pools, input: Input): Promise<{ pool: Pool; client: Client; user: User }> {
  const token = text(input, "AccessToken");
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw notAuthorized("Invalid Access Token");
  for (const pool of pools.all) {
    const claims = await pool.signer.readAccess(token, pool.now());
    if (!claims) continue;
    const client = pool.clients.get(String(claims.client_id));
    const user = pool.users.find(String(claims.sub));
    if (!client || !user?.enabled) throw notAuthorized("Invalid Access Token");
    if (client.revocable && !pool.grants.stands(String(claims.origin_jti))) {
      throw notAuthorized("Access Token has been revoked");
    }
    if (!String(claims.scope).split(" ").includes(selfScope)) {
      throw notAuthorized("Access Token does not have required scopes");
    }
    return { pool, client, user };
  }
  throw notAuthorized("Invalid Access Token");
}

/** Fails unless the user may choose this name: where an attribute serves as user name, it has to look like one. */
export function checkUsername(pool: Pool, username: string): void {
  const { usernameAttributes } = pool.settings;
  if (usernameAttributes.length === 0) {
    if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username))
      throw invalidParameter("Username has invalid characters");
    return;
  }
  if (usernameAttributes.includes("email") && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username)) return;
  if (usernameAttributes.includes("phone_number") && /^\+[0-9]{1,15}$/.test(username)) return;
  throw invalidParameter(`Username should be ${usernameAttributes.includes("email") ? "an email" : "a phone number"}.`);
}

/** The attributes of a new user with the one that serves as user name. Fails when the two disagree. */
export function withUsername(pool: Pool, username: string, given: Record<string, string>): Record<string, string> {
  if (pool.settings.usernameAttributes.length === 0) return given;
  const name = username.includes("@") ? "email" : "phone_number";
  if (given[name] !== undefined && given[name] !== username) {
    throw invalidParameter(`Cannot specify ${name} and a different username.`);
  }
  return { ...given, [name]: username };
}
