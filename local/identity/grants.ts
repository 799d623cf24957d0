import { randomUUID } from "node:crypto";
import { Bounded } from "../bounded.ts";
import type { Client } from "./client.ts";
import { randomToken, sha256 } from "./secrets.ts";
import type { User } from "./users.ts";

/** One sign-in and everything that came out of it: revoking it ends the refresh token and its access tokens. */
export interface Grant {
  originJti: string;
  clientId: string;
  sub: string;
  scopes: string[];
  /** Seconds, when the user proved who they are. */
  authTime: number;
  /** Signed in through the hosted pages, not through the user pool API. */
  hosted: boolean;
  /** Milliseconds, when the refresh token ends. */
  expires: number;
}

/** The sign-ins of one pool. Past `limit` the oldest are signed out. */
export class Grants {
  readonly #grants: Bounded<Grant>;
  readonly #refreshTokens: Bounded<string>;
  readonly #now: () => number;

  constructor(limit: number, now: () => number) {
    this.#grants = new Bounded(limit, now);
    this.#refreshTokens = new Bounded(2 * limit, now);
    this.#now = now;
  }

  open(client: Client, user: User, details: Pick<Grant, "scopes" | "authTime" | "hosted">): Grant {
    const expires = this.#now() + client.refreshSeconds * 1000;
    const grant = { originJti: randomUUID(), clientId: client.id, sub: user.sub, expires, ...details };
    // The last access token may outlive the refresh token it came from.
    this.#grants.set(grant.originJti, grant, (client.refreshSeconds + client.accessSeconds) * 1000);
    return grant;
  }

  /** A refresh token for the grant, which works as long as the grant. */
  newRefreshToken(grant: Grant): string {
    const token = randomToken(64);
    this.#refreshTokens.set(fingerprint(token), grant.originJti, grant.expires - this.#now());
    return token;
  }

  /** The grant behind a refresh token of this client; undefined when it is unknown, foreign, expired or revoked. */
  refreshed(token: string, client: Client): Grant | undefined {
    const origin = this.#refreshTokens.get(fingerprint(token));
    const grant = origin === undefined ? undefined : this.#grants.get(origin);
    return grant?.clientId === client.id ? grant : undefined;
  }

  /** Lets an exchanged refresh token work for `graceSeconds` more. */
  retire(token: string, graceSeconds: number): void {
    const origin = this.#refreshTokens.take(fingerprint(token));
    if (origin !== undefined) this.#refreshTokens.set(fingerprint(token), origin, graceSeconds * 1000);
  }

  /** Whether the sign-in an access token came from still stands. */
  stands(originJti: string): boolean {
    return this.#grants.get(originJti) !== undefined;
  }

  revoke(grant: Grant): void {
    this.#grants.delete(grant.originJti);
  }

  revokeAllOf(user: User): void {
    this.#grants.deleteWhere(({ sub }) => sub === user.sub);
  }
}

// Looking up the fingerprint, not the token, takes a time that tells nothing about how much of a guess was right.
const fingerprint = (token: string): string => sha256(token).toString("base64");
