import { JwtVerifier } from "aws-jwt-verify";
import { FetchError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { environment as names } from "../../contract.ts";
import { required } from "../environment.ts";
import { Problem } from "../http/problem.ts";
import { type Caller, callerFrom, unauthorized } from "./caller.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** Finds out who sent an `Authorization` header; fails with 401 when no valid access token says it. */
export type Verify = (authorization: string | undefined) => Caller | Promise<Caller>;

/**
 * Verifies Cognito access tokens where no gateway did: signature, issuer, expiry, `token_use` and client, by `TOKEN_ISSUER`,
 * `TOKEN_CLIENT_IDS` and `TOKEN_JWKS_URI`. Keys are fetched at the first token and kept.
 */
export function tokenVerifier(env: NodeJS.ProcessEnv): Verify {
  const issuer = required(env, names.tokenIssuer);
  const clientIds = required(env, names.tokenClientIds)
    .split(",")
    .map((id) => id.trim());
  const jwksUri = env[names.tokenJwksUri] || `${issuer}/.well-known/jwks.json`;
  const onlyAccessTokens = ({ payload }: { payload: Record<string, unknown> }) => {
    if (payload.token_use !== "access") throw new Error("not an access token");
    if (!clientIds.includes(String(payload.client_id))) throw new Error("another client's token");
  };
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchKeys } });
  const settings = { issuer, jwksUri, audience: null, customJwtCheck: onlyAccessTokens };
  const verifier = JwtVerifier.create(settings, { jwksCache });
  const verified = new VerifiedTokens();
  const verify = async (authorization: string) => {
    const [, token] = /^Bearer ([^ ]+)$/i.exec(authorization) ?? [];
    if (!token) throw unauthorized("send an access token as Authorization: Bearer");
    const claims = await verifier.verify(token).catch(refuse);
    const caller = callerFrom(claims) ?? refuse(undefined);
    verified.set(authorization, caller, claims.exp);
    return caller;
  };
  // The whole header is the key: to cut the token out of it costs more than to look it up.
  return (authorization = "") => verified.get(authorization) ?? verify(authorization);
}

// The library's own fetcher speaks only https; a laptop's issuer is http on the loopback interface.
async function fetchKeys(uri: string): Promise<ArrayBuffer> {
  const answer = await fetch(uri, { signal: AbortSignal.timeout(3000) }).catch((cause) => {
    throw new FetchError(uri, cause);
  });
  if (!answer.ok) throw new FetchError(uri, `status ${answer.status}`);
  return answer.arrayBuffer();
}

function refuse(error: unknown): never {
  if (error instanceof FetchError) {
    throw new Problem(503, "issuer-unreachable", "the issuer's keys cannot be read", {
      headers: { "retry-after": "5" },
    });
  }
  throw unauthorized("the access token is not valid here", 'Bearer error="invalid_token"');
}
