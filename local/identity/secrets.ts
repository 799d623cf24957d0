import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** An unguessable value of `bytes` random bytes, safe in URLs, cookies and forms. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString("base64url");

export const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Whether two strings are equal, in a time that tells nothing about where they differ. */
export const sameSecret = (left: string, right: string): boolean => timingSafeEqual(sha256(left), sha256(right));

/** A client secret in the alphabet and length of Cognito's own. */
export const newClientSecret = (): string => Array.from(randomBytes(51), (byte) => (byte % 36).toString(36)).join("");

/** Proof that the caller knows the client's secret, as the user pool API wants it in `SECRET_HASH`. */
export const secretHash = (secret: string, username: string, clientId: string): string =>
  createHmac("sha256", secret).update(`${username}${clientId}`).digest("base64");
