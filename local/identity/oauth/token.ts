import { Hono, type Context } from "hono";
import { refreshedTokens } from "../api/refresh.ts";
import type { Client } from "../client.ts";
import { ServiceError } from "../errors.ts";
import type { Pool, Pools } from "../pool.ts";
import { issueMachineToken, issueTokens } from "../tokens.ts";
import { scopesFor } from "./authorization.ts";
import { authenticatedClient, formOf, OAuthError, type Form } from "./client-authentication.ts";
import { provesChallenge, takeCode } from "./code.ts";

/** `/oauth2/token` and `/oauth2/revoke`. */
export function tokenEndpoints(pools: Pools): Hono {
  const endpoints = new Hono();
  endpoints.post("/token", (c) =>
    answer(c, async () => {
      const form = await formOf(c);
      const { pool, client } = authenticatedClient(pools, c, form);
      const grant = Object.hasOwn(grants, form.grant_type ?? "") ? grants[form.grant_type!] : undefined;
      if (!form.grant_type) throw new OAuthError("invalid_request");
      if (!grant) throw new OAuthError("unsupported_grant_type");
      return c.json(await grant(pool, client, form));
    }),
  );
  endpoints.post("/revoke", (c) =>
    answer(c, async () => {
      const form = await formOf(c);
      const { pool, client } = authenticatedClient(pools, c, form);
      if (!form.token) throw new OAuthError("invalid_request");
      if (!client.revocable) throw new OAuthError("invalid_request");
      if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(form.token)) throw new OAuthError("unsupported_token_type");
      const found = pool.grants.refreshed(form.token, client);
      if (found) pool.grants.revoke(found);
      return c.body(null, 200);
    }),
  );
  return endpoints;
}

const grants: Record<string, (pool: Pool, client: Client, form: Form) => Promise<object>> = {
  authorization_code: async (pool, client, form) => {
    if (!client.grants.includes("code")) throw new OAuthError("unauthorized_client");
    if (!form.code || !form.redirect_uri) throw new OAuthError("invalid_request");
    if (!client.callbackUrls.includes(form.redirect_uri)) throw new OAuthError("unauthorized_client");
    const code = takeCode(pool, form.code);
    const user = code && pool.users.find(code.sub);
    const fits = code?.clientId === client.id && code.redirectUri === form.redirect_uri;
    if (!code || !fits || !user?.enabled || !provesChallenge(code.codeChallenge, form.code_verifier)) {
      throw new OAuthError("invalid_grant");
    }
    const { scopes, authTime } = code;
    const grant = pool.grants.open(client, user, { scopes, authTime, hosted: true });
    const tokens = await issueTokens(pool, client, user, grant, code.nonce);
    return {
      ...(scopes.includes("openid") && { id_token: tokens.id }),
      access_token: tokens.access,
      refresh_token: pool.grants.newRefreshToken(grant),
      expires_in: tokens.expiresIn,
      token_type: "Bearer",
    };
  },

  refresh_token: async (pool, client, form) => {
    const allowed = client.authFlows.includes("ALLOW_REFRESH_TOKEN_AUTH") || client.rotationGraceSeconds !== undefined;
    if (!allowed) throw new OAuthError("unauthorized_client");
    if (!form.refresh_token) throw new OAuthError("invalid_request");
    const grant = pool.grants.refreshed(form.refresh_token, client);
    if (!grant) throw new OAuthError("invalid_grant");
    const tokens = await refreshedTokens(pool, client, form.refresh_token);
    return {
      ...((grant.scopes.includes("openid") || !grant.hosted) && { id_token: tokens.id }),
      access_token: tokens.access,
      ...("refresh" in tokens && { refresh_token: tokens.refresh }),
      expires_in: tokens.expiresIn,
      token_type: "Bearer",
    };
  },

  client_credentials: async (pool, client, form) => {
    if (!client.grants.includes("client_credentials") || client.secret === undefined) {
      throw new OAuthError("unauthorized_client");
    }
    const scopes = scopesFor(client, form.scope);
    if (!scopes?.length) throw new OAuthError("invalid_scope");
    const token = await issueMachineToken(pool, client, scopes);
    return { access_token: token, expires_in: client.accessSeconds, token_type: "Bearer" };
  },
};

/** Runs a request; a refusal becomes the JSON of RFC 6749, which no cache may keep. */
async function answer(c: Context, run: () => Promise<Response>): Promise<Response> {
  c.header("Cache-Control", "no-store");
  c.header("Pragma", "no-cache");
  try {
    return await run();
  } catch (error) {
    if (error instanceof OAuthError) return c.json({ error: error.message }, 400);
    if (error instanceof ServiceError) return c.json({ error: "invalid_grant" }, 400);
    throw error;
  }
}
