import {
  createLocalJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import type { AuthorizerSettings, PoolTrust } from "./authorizer-settings.ts";
import { claimsOf, type Claims } from "./claims.ts";
import { GatewayError } from "./gateway-error.ts";
import type { Received } from "./received.ts";

/** Gives the public keys of a user pool: what `/.well-known/jwks.json` of the issuer holds. */
export type PoolKeys = (poolId: string) => Promise<JSONWebKeySet>;

/** Checks tokens as the Cognito authorizer of API Gateway does: signature, issuer, expiry, kind of token, client, scopes. */
export class Authorizer {
  readonly #keys: PoolKeys;
  readonly #now: () => number;
  readonly #known = new Map<string, JWTVerifyGetKey>();

  constructor(keys: PoolKeys, now: () => number) {
    this.#keys = keys;
    this.#now = now;
  }

  /** The claims of the request's token. Fails with 401 without a valid token, with 403 on one that lacks every scope. */
  async authorize(settings: AuthorizerSettings, received: Received): Promise<Claims> {
    const value = received.header(settings.header) ?? "";
    const token = value.replace(/^Bearer\s+/i, "").trim();
    if (token === "" || settings.pattern?.test(value) === false) throw unauthorized("no token");
    const pool = settings.pools.find(({ issuer }) => issuer === issuerOf(token));
    if (!pool) throw unauthorized("issued by another user pool");
    const payload = await this.#verify(token, pool);
    checkKind(payload, pool, settings.scopes.length > 0 ? "access" : "id");
    const granted = String(payload.scope ?? "").split(" ");
    if (settings.scopes.length > 0 && !settings.scopes.some((scope) => granted.includes(scope))) {
      throw new GatewayError("ACCESS_DENIED", "User is not authorized to access this resource", {
        detail: `the token lacks ${settings.scopes.join(" or ")}`,
      });
    }
    return claimsOf(payload);
  }

  async #verify(token: string, { id, issuer }: PoolTrust): Promise<JWTPayload> {
    const check = async (key: JWTVerifyGetKey) => {
      const options = {
        issuer,
        algorithms: ["RS256"],
        currentDate: new Date(this.#now()),
        requiredClaims: ["exp", "token_use"],
      };
      return (await jwtVerify(token, key, options)).payload;
    };
    try {
      try {
        return await check(this.#known.get(id) ?? (await this.#load(id)));
      } catch (error) {
        // A key that is not known may be new: the pool's keys are read once more.
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return await check(await this.#load(id));
      }
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      if (error instanceof errors.JWTExpired) {
        throw new GatewayError("UNAUTHORIZED", "The incoming token has expired", { detail: "the token has expired" });
      }
      throw unauthorized(error instanceof Error ? error.message : String(error));
    }
  }

  async #load(poolId: string): Promise<JWTVerifyGetKey> {
    try {
      const key = createLocalJWKSet(await this.#keys(poolId));
      this.#known.set(poolId, key);
      return key;
    } catch (error) {
      throw new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", "Internal server error", {
        detail: `keys of ${poolId}: ${String(error)}`,
      });
    }
  }
}

const unauthorized = (detail: string) => new GatewayError("UNAUTHORIZED", "Unauthorized", { detail });

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw unauthorized("not a token");
  }
}

/** An access token names its client in `client_id`, an ID token in `aud`. */
function checkKind(payload: JWTPayload, { clientIds }: PoolTrust, wanted: "access" | "id"): void {
  if (payload.token_use !== wanted)
    throw unauthorized(`an ${wanted} token is needed, got ${String(payload.token_use)}`);
  const client = wanted === "access" ? payload.client_id : payload.aud;
  if (typeof client !== "string" || !clientIds.has(client))
    throw unauthorized(`client ${String(client)} is not of the pool`);
}
