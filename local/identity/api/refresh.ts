import type { Client } from "../client.ts";
import { notAuthorized, ServiceError } from "../errors.ts";
import type { Grant } from "../grants.ts";
import type { Pool, Pools } from "../pool.ts";
import { sameSecret } from "../secrets.ts";
import { issueTokens } from "../tokens.ts";
import type { User } from "../users.ts";
import { checkSecretHash } from "./caller.ts";
import { optionalText, text, type Input } from "./input.ts";

/** The grant of a refresh token and its user. Fails when the token is unknown, foreign, expired or revoked. */
export function refreshable(pool: Pool, client: Client, token: string): { grant: Grant; user: User } {
  const grant = pool.grants.refreshed(token, client);
  const user = grant && pool.users.find(grant.sub);
  if (!grant || !user) throw notAuthorized("Invalid Refresh Token");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  return { grant, user };
}

/** New access and id tokens; with rotation a new refresh token too, while the old one ends after its grace. */
export async function refreshedTokens(pool: Pool, client: Client, token: string) {
  const { grant, user } = refreshable(pool, client, token);
  const tokens = await issueTokens(pool, client, user, grant);
  if (client.rotationGraceSeconds === undefined) return tokens;
  pool.grants.retire(token, client.rotationGraceSeconds);
  return { ...tokens, refresh: pool.grants.newRefreshToken(grant) };
}

/** REFRESH_TOKEN_AUTH. The secret hash is over the user name, as for every other flow. */
export async function exchangeRefreshToken(pool: Pool, client: Client, token: string, hash: string | undefined) {
  const { user } = refreshable(pool, client, token);
  checkSecretHash(client, user.username, hash);
  return { ChallengeParameters: {}, AuthenticationResult: shape(await refreshedTokens(pool, client, token)) };
}

export async function getTokensFromRefreshToken(pools: Pools, input: Input) {
  const { pool, client } = pools.client(text(input, "ClientId"));
  checkClientSecret(client, optionalText(input, "ClientSecret"));
  return { AuthenticationResult: shape(await refreshedTokens(pool, client, text(input, "RefreshToken"))) };
}

export function revokeToken(pools: Pools, input: Input) {
  const { pool, client } = pools.client(text(input, "ClientId"));
  checkClientSecret(client, optionalText(input, "ClientSecret"));
  if (!client.revocable) {
    throw new ServiceError("UnsupportedOperationException", `Token revocation is not enabled for client ${client.id}`);
  }
  const token = text(input, "Token");
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    throw new ServiceError("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
  }
  // An unknown token is as good as revoked: RFC 7009 answers both alike.
  const grant = pool.grants.refreshed(token, client);
  if (grant) pool.grants.revoke(grant);
  return {};
}

function checkClientSecret({ id, secret }: Client, given: string | undefined): void {
  if (secret === undefined ? given !== undefined : !sameSecret(secret, given ?? "")) {
    throw notAuthorized(`Invalid client secret for client ${id}`);
  }
}

const shape = (tokens: { access: string; id: string; expiresIn: number; refresh?: string }) => ({
  AccessToken: tokens.access,
  IdToken: tokens.id,
  ...(tokens.refresh !== undefined && { RefreshToken: tokens.refresh }),
  TokenType: "Bearer",
  ExpiresIn: tokens.expiresIn,
});
