import { Hono, type Context } from "hono";
import type { Pools } from "../pool.ts";
import { profileClaims } from "../tokens.ts";

/** `/<poolId>/.well-known/*`: the public keys, and where the endpoints are. */
export function discovery(pools: Pools, url: () => string): Hono {
  const endpoints = new Hono();
  const poolOf = (c: Context) => pools.all.find(({ settings }) => settings.id === c.req.param("poolId"));
  endpoints.get("/:poolId/.well-known/jwks.json", (c) => {
    const pool = poolOf(c);
    return pool ? c.json(pool.signer.jwks) : c.notFound();
  });
  endpoints.get("/:poolId/.well-known/openid-configuration", (c) => {
    const pool = poolOf(c);
    if (!pool) return c.notFound();
    return c.json({
      // The issuer is AWS's own name for the pool, as in the tokens: whoever checks them here would accept AWS's.
      issuer: pool.settings.issuer,
      jwks_uri: `${url()}/${pool.settings.id}/.well-known/jwks.json`,
      ...(pool.settings.domain !== undefined && {
        authorization_endpoint: `${url()}/oauth2/authorize`,
        token_endpoint: `${url()}/oauth2/token`,
        userinfo_endpoint: `${url()}/oauth2/userInfo`,
        revocation_endpoint: `${url()}/oauth2/revoke`,
        end_session_endpoint: `${url()}/logout`,
      }),
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code"],
      scopes_supported: ["openid", "email", "phone", "profile"],
      subject_types_supported: ["public"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    });
  });
  return endpoints;
}

/** `/oauth2/userInfo`: what the scopes of the bearer's token tell about the user. */
export async function userInfo(pools: Pools, c: Context): Promise<Response> {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  for (const pool of token === undefined ? [] : pools.all) {
    const claims = await pool.signer.readAccess(token!, pool.now());
    const client = pool.clients.get(String(claims?.client_id));
    const user = pool.users.find(String(claims?.sub));
    const scopes = String(claims?.scope).split(" ");
    if (!claims || !client || !user?.enabled || !scopes.includes("openid")) continue;
    if (client.revocable && !pool.grants.stands(String(claims.origin_jti))) continue;
    const profile = Object.entries(profileClaims(client, user, scopes)).map(([name, value]) => [name, String(value)]);
    return c.json({ sub: user.sub, ...Object.fromEntries(profile), username: user.username });
  }
  const problem = { error: "invalid_token", error_description: "Access token is expired, revoked or lacks openid" };
  c.header("WWW-Authenticate", `Bearer error="${problem.error}", error_description="${problem.error_description}"`);
  return c.json(problem, 401);
}
