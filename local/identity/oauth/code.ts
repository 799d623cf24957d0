import type { Pool } from "../pool.ts";
import { randomToken, sha256 } from "../secrets.ts";
import type { User } from "../users.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import { withParameters } from "./redirect.ts";

/** What an authorization code stands for until it is exchanged. */
export interface AuthorizationCode {
  clientId: string;
  sub: string;
  redirectUri: string;
  scopes: string[];
  /** The S256 challenge of the request; absent when it carried none. */
  codeChallenge?: string;
  nonce?: string;
  /** Seconds, when the user signed in. */
  authTime: number;
}

const lifetimeMs = 5 * 60_000;

/** Where the browser goes next: back to the app, with a code that works once, for five minutes. */
export function redirectWithCode(request: AuthorizationRequest, user: User, authTime: number): string {
  const { pool, client, redirectUri, scopes, codeChallenge, nonce, state } = request;
  const code = randomToken();
  pool.codes.set(
    code,
    { clientId: client.id, sub: user.sub, redirectUri, scopes, codeChallenge, nonce, authTime },
    lifetimeMs,
  );
  return withParameters(redirectUri, { code, state });
}

/** The code, used up by this call whatever comes of it. */
export const takeCode = (pool: Pool, code: string): AuthorizationCode | undefined => pool.codes.take(code);

/** Whether the verifier is the one behind the challenge. Without a challenge there must be no verifier either. */
export function provesChallenge(codeChallenge: string | undefined, verifier: string | undefined): boolean {
  if (codeChallenge === undefined || verifier === undefined) return codeChallenge === verifier;
  return /^[\w.~-]{43,128}$/.test(verifier) && sha256(verifier).toString("base64url") === codeChallenge;
}
