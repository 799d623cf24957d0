import { createHash } from "node:crypto";
import { physicalName, type Place } from "../names.ts";

/** Scopes of the API, and the identifier in front of them: `clinic/patients.read`. */
export interface ResourceServer {
  identifier: string;
  /** Description by scope. */
  scopes: Readonly<Record<string, string>>;
}

/** The scopes as tokens carry them. */
export const scopeNames = ({ identifier, scopes }: ResourceServer): string[] =>
  Object.keys(scopes).map((scope) => `${identifier}/${scope}`);

/** `scopes` as tokens carry them. Fails on one that `server` does not declare. */
export function grantedScopes(argument: string, scopes: readonly string[], server: ResourceServer): string[] {
  const declared = Object.keys(server.scopes);
  const unknown = scopes.find((scope) => !declared.includes(scope));
  if (unknown !== undefined) {
    throw new Error(
      `${argument} has "${unknown}", which resourceServer does not declare: use some of ${declared.join(", ")}`,
    );
  }
  return scopes.map((scope) => `${server.identifier}/${scope}`);
}

/** Fails on a URL to which Cognito must not hand codes: anything but https, or http on the developer's own machine. */
export function refuseUrls(argument: string, urls: readonly string[]): void {
  for (const text of urls) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const local = url?.protocol === "http:" && url.hostname === "localhost";
    if (!(url?.protocol === "https:" || local) || url.hash !== "" || text.includes("*")) {
      throw new Error(
        `${argument} must be https:// or http://localhost URLs without fragment, got "${text}": change it`,
      );
    }
  }
}

/**
 * The prefix of the sign-in pages' host name, at most 63 characters and unique in the region: `chosen`, or the stack's name
 * with a hash of the account. Fails on words that Cognito reserves.
 */
export function domainPrefix(place: Place, chosen?: string): string {
  const account = createHash("sha256").update(place.accountId).digest("hex").slice(0, 8);
  const prefix = chosen ?? physicalName(place, account);
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix)) {
    throw new Error(
      `domainPrefix must be 1 to 63 lower-case letters, digits and inner hyphens, got "${prefix}": change it`,
    );
  }
  const reserved = ["aws", "amazon", "cognito"].find((word) => prefix.includes(word));
  if (reserved) {
    throw new Error(
      `domainPrefix must not contain "${reserved}", which Cognito reserves, got "${prefix}": give domainPrefix another name`,
    );
  }
  return prefix;
}

/** The advanced security mode for `tier`, if any. Fails on threat protection below the tier that has it. */
export function advancedSecurity(tier: "LITE" | "ESSENTIALS" | "PLUS", protection?: "AUDIT" | "ENFORCED") {
  if (tier === "PLUS") return protection ?? "AUDIT";
  if (protection !== undefined) {
    throw new Error(
      `threatProtection "${protection}" needs userPoolTier PLUS, got "${tier}": raise userPoolTier or leave threatProtection out`,
    );
  }
  return undefined;
}
