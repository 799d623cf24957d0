import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from "jose";
import type { TokenRule } from "./balancer-spec.ts";

/** The keys of an issuer. */
export type IssuerKeys = (issuer: string) => Promise<JSONWebKeySet>;

/** Whether the request's token is one the rule asks for: signed by the issuer, in its time, with every claim as it must be. */
export async function tokenPasses(
  { issuer, claims }: TokenRule,
  authorization: string | undefined,
  keys: IssuerKeys,
): Promise<boolean> {
  const [, token] = /^Bearer ([^ ]+)$/i.exec(authorization ?? "") ?? [];
  if (!token) return false;
  try {
    const set = createLocalJWKSet(await keys(issuer));
    const { payload } = await jwtVerify(token, set, { issuer, algorithms: ["RS256"], requiredClaims: ["exp"] });
    return claims.every(({ name, format, values }) =>
      values.every((value) => heldBy(payload, name, format).includes(value)),
    );
  } catch {
    return false;
  }
}

function heldBy(payload: JWTPayload, name: string, format: string): string[] {
  const claim = payload[name];
  if (format === "string-array") return Array.isArray(claim) ? claim.map(String) : [];
  if (typeof claim !== "string") return [];
  return format === "space-separated-values" ? claim.split(" ") : [claim];
}
