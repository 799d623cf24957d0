import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK, type JWTPayload } from "jose";
import { randomToken } from "./secrets.ts";

/** The public keys of a pool, as its `jwks.json` serves them. */
export interface KeySet {
  keys: JWK[];
}

export type TokenUse = "id" | "access";

/** Signs a pool's tokens with RS256: one key for id tokens and one for access tokens, as Cognito does. */
export interface Signer {
  jwks: KeySet;
  sign(use: TokenUse, claims: JWTPayload): Promise<string>;
  /** The claims of an own access token that has not expired at `now` (milliseconds); undefined for any other string. */
  readAccess(token: string, now: number): Promise<JWTPayload | undefined>;
}

/** New keys of 2048 bits, made off the main thread; they live as long as the process, so nothing secret is on disk. */
export async function newSigner(issuer: string): Promise<Signer> {
  const [id, access] = await Promise.all([newKey(), newKey()]);
  return {
    jwks: { keys: [id.jwk, access.jwk] },
    sign: (use, claims) => {
      const { kid, privateKey } = use === "id" ? id : access;
      return new SignJWT(claims).setProtectedHeader({ kid, alg: "RS256" }).sign(privateKey);
    },
    readAccess: async (token, now) => {
      try {
        const rules = { issuer, algorithms: ["RS256"], currentDate: new Date(now) };
        return (await jwtVerify(token, access.publicKey, rules)).payload;
      } catch {
        return undefined;
      }
    },
  };
}

async function newKey() {
  const pair = await generateKeyPair("RS256", { modulusLength: 2048 });
  const kid = randomToken(32);
  return { kid, ...pair, jwk: { ...(await exportJWK(pair.publicKey)), alg: "RS256", kid, use: "sig" } };
}
