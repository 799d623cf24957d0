import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { invalidParameter, ServiceError } from "./errors.ts";
import type { PasswordPolicy } from "./settings.ts";

export interface PasswordHash {
  salt: Buffer;
  hash: Buffer;
}

// Low cost on purpose: some 8 ms and 4 MB a time. The hashes live in memory only, for one run, on a developer's machine.
const cost = { N: 4096, r: 8, p: 1 };
const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(password, salt, 32, cost) };
}

/** Whether the password is right. An absent hash takes as long as a wrong password. */
export async function isPassword(password: string, stored: PasswordHash | undefined): Promise<boolean> {
  const { salt, hash } = stored ?? { salt: Buffer.alloc(16), hash: Buffer.alloc(32) };
  const same = timingSafeEqual(await derive(password, salt, 32, cost), hash);
  return same && stored !== undefined;
}

// The characters Cognito counts as symbols; a space counts inside, and stands never first or last.
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Refuses a password the pool's policy does not allow, in Cognito's words. */
export function checkPassword(policy: PasswordPolicy, password: string): void {
  if (password.length > 256 || !/^\S+(.*\S+)?$/s.test(password)) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  }
  const broken = brokenRule(policy, password);
  if (broken) throw new ServiceError("InvalidPasswordException", `Password did not conform with policy: ${broken}`);
}

function brokenRule(policy: PasswordPolicy, password: string): string | undefined {
  if (password.length < policy.minimumLength) return "Password not long enough";
  if (policy.requireUppercase && !/[A-Z]/.test(password)) return "Password must have uppercase characters";
  if (policy.requireLowercase && !/[a-z]/.test(password)) return "Password must have lowercase characters";
  if (policy.requireNumbers && !/[0-9]/.test(password)) return "Password must have numeric characters";
  if (policy.requireSymbols && !symbols.test(password)) return "Password must have symbol characters";
  return undefined;
}
