import { createHash, randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import type { Client } from "./client.ts";
import type { Grant } from "./grants.ts";
import type { Pool } from "./pool.ts";
import type { User } from "./users.ts";

/** The scope of every token from the user pool API: a user acting on their own account. */
export const selfScope = "aws.cognito.signin.user.admin";

export interface Tokens {
  access: string;
  id: string;
  /** Seconds the access token lives. */
  expiresIn: number;
}

/** The access and id token of a sign-in, with the claims Cognito writes. */
export async function issueTokens(
  pool: Pool,
  client: Client,
  user: User,
  grant: Grant,
  nonce?: string,
): Promise<Tokens> {
  const issued = Math.floor(pool.now() / 1000);
  const common = {
    sub: user.sub,
    iss: pool.settings.issuer,
    ...(client.revocable && { origin_jti: grant.originJti }),
    event_id: randomUUID(),
    auth_time: grant.authTime,
    iat: issued,
  };
  const access = await pool.signer.sign("access", {
    ...common,
    client_id: client.id,
    ...(grant.hosted && { version: 2 }),
    token_use: "access",
    scope: grant.scopes.join(" "),
    exp: issued + client.accessSeconds,
    jti: randomUUID(),
    username: user.username,
  });
  const id = await pool.signer.sign("id", {
    ...common,
    ...profileClaims(client, user, grant.hosted ? grant.scopes : ["openid"]),
    ...(grant.hosted && { at_hash: leftHalfHash(access) }),
    ...(nonce !== undefined && { nonce }),
    "cognito:username": user.username,
    aud: client.id,
    token_use: "id",
    exp: issued + client.idSeconds,
    jti: randomUUID(),
  });
  return { access, id, expiresIn: client.accessSeconds };
}

/** The access token of a machine: its subject is the client, and it names no user. */
export function issueMachineToken(pool: Pool, client: Client, scopes: string[]): Promise<string> {
  const issued = Math.floor(pool.now() / 1000);
  return pool.signer.sign("access", {
    sub: client.id,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: issued,
    iss: pool.settings.issuer,
    exp: issued + client.accessSeconds,
    iat: issued,
    version: 2,
    jti: randomUUID(),
    client_id: client.id,
  });
}

/**
 * What the scopes let a client learn about the user. `openid` alone, like `profile`, opens every attribute the client
 * may read; beside other scopes it opens only theirs.
 */
export function profileClaims(client: Client, user: User, scopes: string[]): JWTPayload {
  const narrow = ["email", "phone", "profile"].some((scope) => scopes.includes(scope));
  const all = scopes.includes("profile") || !narrow;
  const readable = Object.entries(user.attributes).filter(([name]) => {
    const opened =
      all ||
      (scopes.includes("email") && name.startsWith("email")) ||
      (scopes.includes("phone") && name.startsWith("phone_number"));
    return opened && (client.readable?.includes(name) ?? true);
  });
  return Object.fromEntries(
    readable.map(([name, value]) => [name, name.endsWith("_verified") ? value === "true" : value]),
  );
}

const leftHalfHash = (token: string): string =>
  createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");
