import { randomInt } from "node:crypto";
import { codeMismatch, expiredCode, tooManyAttempts } from "./errors.ts";
import { sameSecret } from "./secrets.ts";
import type { User } from "./users.ts";

/** What a code is for: confirming a sign-up, resetting a password, verifying a changed attribute, or an invitation. */
export type MessageKind = "sign-up" | "reset" | "verify" | "invitation";

/** What Cognito would have sent by mail or SMS. An invitation carries the temporary password as `code`. */
export interface Message {
  to: string;
  code: string;
  kind: MessageKind;
}

export interface ConfirmationCode {
  code: string;
  expires: number;
  wrong: number;
}

const hour = 3_600_000;
const lifetime: Record<string, number> = { "sign-up": 24 * hour, reset: hour, verify: 24 * hour };
const wrongAllowed = 5;

/** A fresh six-digit code for the user, replacing an earlier one of the same kind. */
export function issueCode(user: User, kind: MessageKind, now: number): string {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  user.codes[kind] = { code, expires: now + (lifetime[kind] ?? hour), wrong: 0 };
  return code;
}

/** Redeems a code, once. Fails when it is wrong, expired, or guessed at too often. */
export function redeemCode(user: User, kind: MessageKind, given: string, now: number): void {
  const issued = user.codes[kind];
  if (!issued || issued.expires <= now) throw expiredCode();
  if (issued.wrong >= wrongAllowed) throw tooManyAttempts();
  if (!sameSecret(issued.code, given)) {
    issued.wrong += 1;
    throw codeMismatch();
  }
  delete user.codes[kind];
}
