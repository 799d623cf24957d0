import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from "jose";
import { clientId, issuer } from "./clinic.ts";

const kid = "pool-key";
const [pair, foreign] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);

/** What the pool publishes. */
export const jwks: JSONWebKeySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: "RS256", use: "sig" }] };

export interface TokenParts {
  claims?: Record<string, unknown>;
  /** Seconds since 1970. Defaults to an hour from now. */
  expiresAt?: number;
  issuer?: string;
  /** Signed with a key that is not the pool's. */
  forged?: boolean;
  kid?: string;
}

const base = { sub: "5f3c", jti: "9d1e", auth_time: 1_700_000_000 };

/** An access token of the pool with these scopes. */
export const accessToken = (scope: string, parts: TokenParts = {}) =>
  sign({ ...base, token_use: "access", client_id: clientId, scope, username: "ada", ...parts.claims }, parts);

/** An ID token of the pool. */
export const idToken = (parts: TokenParts = {}) =>
  sign(
    { ...base, token_use: "id", aud: clientId, email: "ada@example.com", email_verified: true, ...parts.claims },
    parts,
  );

function sign(claims: Record<string, unknown>, parts: TokenParts): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: parts.kid ?? kid })
    .setIssuer(parts.issuer ?? issuer)
    .setIssuedAt()
    .setExpirationTime(parts.expiresAt ?? Math.floor(Date.now() / 1000) + 3600)
    .sign(parts.forged ? foreign.privateKey : pair.privateKey);
}
