import type { Client } from "./client.ts";
import { notAuthorized, ServiceError, userNotFound, wrongCredentials } from "./errors.ts";
import { checkPassword, hashPassword, isPassword } from "./password.ts";
import type { Pool } from "./pool.ts";
import { srpRecord } from "./srp.ts";
import type { User } from "./users.ts";

/** The user behind a name and a password. Fails in Cognito's words, after as long for an unknown user as for a known. */
export async function userByPassword(pool: Pool, client: Client, handle: string, password: string): Promise<User> {
  const user = pool.users.find(handle);
  if (user) refuseWhileLocked(pool, user);
  const right = await isPassword(password, user?.password);
  if (!user) throw unknownUser(client);
  if (!right) throw countFailure(pool, user);
  return admit(pool, user);
}

/** What an unknown user hears: with `preventUserExistenceErrors` the same as one with a wrong password. */
export const unknownUser = (client: Client) => (client.hidesUnknownUsers ? wrongCredentials() : userNotFound());

/** Lets in a user who proved the password. Fails for one who is disabled, unconfirmed or has to reset first. */
export function admit(pool: Pool, user: User): User {
  user.failures = 0;
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw new ServiceError("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED") {
    throw new ServiceError("PasswordResetRequiredException", "Password reset required for the user");
  }
  if (user.temporaryUntil !== undefined && user.temporaryUntil <= pool.now()) {
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }
  return user;
}

/** After five wrong passwords every further one locks the user: one second, two, four, up to 15 minutes. */
export function countFailure(pool: Pool, user: User): ServiceError {
  user.failures += 1;
  const beyond = user.failures - 5;
  if (beyond >= 0) user.lockedUntil = pool.now() + Math.min(1000 * 2 ** beyond, 15 * 60_000);
  return wrongCredentials();
}

export function refuseWhileLocked(pool: Pool, user: User): void {
  if (user.lockedUntil > pool.now()) throw notAuthorized("Password attempts exceeded");
}

/** Sets a password the policy allows, for good or until the user replaces it. */
export async function setPassword(pool: Pool, user: User, password: string, temporary = false): Promise<void> {
  checkPassword(pool.settings.password, password);
  user.password = await hashPassword(password);
  // The verifier costs less to guess against than the hash, so it exists only where a client signs in with it.
  const usesSrp = pool.settings.clients.some(({ authFlows }) => authFlows.includes("ALLOW_USER_SRP_AUTH"));
  if (usesSrp) user.srp = srpRecord(poolName(pool), user.username, password);
  user.modifiedAt = pool.now();
  user.failures = 0;
  user.lockedUntil = 0;
  if (temporary) {
    user.temporaryUntil = pool.now() + pool.settings.password.temporaryPasswordValidityDays * 86_400_000;
  } else {
    delete user.temporaryUntil;
  }
}

/** The part of the pool id that goes into the password's verifier. */
export const poolName = (pool: Pool): string => pool.settings.id.split("_")[1]!;
