import type { Attributes } from "./attributes.ts";
import { checkAttributes, checkMutable } from "./attributes.ts";
import type { Client } from "./client.ts";
import { codeMismatch, invalidParameter, notAuthorized, tooManyAttempts } from "./errors.ts";
import { setPassword } from "./first-factor.ts";
import type { Pool } from "./pool.ts";
import { randomToken } from "./secrets.ts";
import type { SrpExchange } from "./srp.ts";
import { acceptTotp, type Totp } from "./totp.ts";
import type { User } from "./users.ts";

export type ChallengeName = "PASSWORD_VERIFIER" | "NEW_PASSWORD_REQUIRED" | "SOFTWARE_TOKEN_MFA" | "MFA_SETUP";

/** A sign-in that waits for its next answer. Each answer uses it up. */
export interface Challenge {
  name: ChallengeName;
  clientId: string;
  /** Absent for a name that does not exist: its sign-in goes on as if it did, and fails at the end. */
  sub?: string;
  wrong: number;
  srp?: SrpExchange & { userId: string };
  /** The authenticator app being set up, and whether its first code was right. */
  totp?: Totp & { verified?: boolean };
}

/** A challenge as it goes out: the session names it, the user is who it is about. */
export interface Pending {
  challenge: Challenge;
  session: string;
}

export function openChallenge(pool: Pool, client: Client, challenge: Omit<Challenge, "clientId" | "wrong">): Pending {
  const session = randomToken(48);
  const opened = { ...challenge, clientId: client.id, wrong: 0 };
  pool.challenges.set(session, opened, client.sessionMinutes * 60_000);
  return { challenge: opened, session };
}

/** The challenge of a session, used up. Fails when it expired, was answered, or belongs elsewhere. */
export function takeChallenge(pool: Pool, client: Client, session: string, name?: ChallengeName): Challenge {
  const challenge = pool.challenges.take(session);
  if (!challenge || challenge.clientId !== client.id)
    throw notAuthorized("Invalid session for the user, session is expired.");
  if (name !== undefined && challenge.name !== name) throw invalidParameter("Invalid challenge name for the session.");
  return challenge;
}

/** The user of a challenge, who may have been deleted or disabled meanwhile. */
export function userOf(pool: Pool, challenge: Challenge): User {
  const user = challenge.sub === undefined ? undefined : pool.users.find(challenge.sub);
  if (!user?.enabled) throw notAuthorized("Invalid session for the user, session is expired.");
  return user;
}

/** What a user who proved the password has still to do; undefined when nothing. */
export function nextChallenge(pool: Pool, client: Client, user: User): Pending | undefined {
  const open = (name: ChallengeName) => openChallenge(pool, client, { name, sub: user.sub });
  if (user.status === "FORCE_CHANGE_PASSWORD") return open("NEW_PASSWORD_REQUIRED");
  const { mfa } = pool.settings;
  if (user.totp && (mfa === "ON" || (mfa === "OPTIONAL" && user.wantsMfa))) return open("SOFTWARE_TOKEN_MFA");
  return mfa === "ON" ? open("MFA_SETUP") : undefined;
}

/** Answers NEW_PASSWORD_REQUIRED. */
export async function replacePassword(pool: Pool, client: Client, user: User, password: string, changes: Attributes) {
  checkAttributes(pool.settings.attributes, changes, client.writable);
  checkMutable(pool.settings.attributes, changes);
  await setPassword(pool, user, password);
  pool.users.update(user, changes);
  user.status = "CONFIRMED";
}

/** Answers SOFTWARE_TOKEN_MFA. A wrong code leaves the session open for another try, five times in all. */
export function proveTotp(pool: Pool, session: string, challenge: Challenge, user: User, code: string): void {
  if (user.totp && acceptTotp(user.totp, code, pool.now())) return;
  challenge.wrong += 1;
  if (challenge.wrong >= 5) throw tooManyAttempts();
  pool.challenges.set(session, challenge, 3 * 60_000);
  throw codeMismatch("Invalid code received for user");
}
