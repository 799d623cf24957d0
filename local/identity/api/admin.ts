import { checkAttributes } from "../attributes.ts";
import { notAuthorized, ServiceError, userNotFound } from "../errors.ts";
import { setPassword } from "../first-factor.ts";
import { checkPassword } from "../password.ts";
import type { Pools } from "../pool.ts";
import { randomToken } from "../secrets.ts";
import { change } from "./account.ts";
import { checkUsername, userIn, withUsername } from "./caller.ts";
import { attributes, flag, optionalText, text, type Input } from "./input.ts";
import { attributeList, mfaShape, userShape } from "./shapes.ts";

/** A new user with a temporary password, invited by message; or the invitation once more. */
export async function adminCreateUser(pools: Pools, input: Input) {
  const pool = pools.pool(text(input, "UserPoolId"));
  const username = text(input, "Username");
  const action = optionalText(input, "MessageAction");
  checkUsername(pool, username);
  const given = withUsername(pool, username, attributes(input, "UserAttributes"));
  checkAttributes(pool.settings.attributes, given);
  const password = optionalText(input, "TemporaryPassword") ?? temporaryPassword();
  checkPassword(pool.settings.password, password);

  const known = pool.users.find(username);
  if (known && action !== "RESEND") throw new ServiceError("UsernameExistsException", "User account already exists");
  if (!known && action === "RESEND") throw userNotFound();
  if (known && known.status !== "FORCE_CHANGE_PASSWORD") {
    throw new ServiceError("UnsupportedUserStateException", `Resend not possible. ${known.status}`);
  }
  const user = known ?? pool.users.add(username, given, "FORCE_CHANGE_PASSWORD");
  await setPassword(pool, user, password, true);
  if (action !== "SUPPRESS") {
    pool.deliver({ to: user.attributes.email ?? user.username, code: password, kind: "invitation" });
  }
  return { User: { ...userShape(user), Attributes: attributeList(user) } };
}

export async function adminSetUserPassword(pools: Pools, input: Input) {
  const { pool, user } = userIn(pools, input);
  const permanent = flag(input, "Permanent");
  await setPassword(pool, user, text(input, "Password"), !permanent);
  user.status = permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  return {};
}

export function adminGetUser(pools: Pools, input: Input) {
  const { user } = userIn(pools, input);
  return { ...userShape(user), UserAttributes: attributeList(user), ...mfaShape(user) };
}

export function adminConfirmSignUp(pools: Pools, input: Input) {
  const { user } = userIn(pools, input);
  if (user.status !== "UNCONFIRMED") {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  user.status = "CONFIRMED";
  return {};
}

export function adminUpdateUserAttributes(pools: Pools, input: Input) {
  const { pool, user } = userIn(pools, input);
  const changes = attributes(input, "UserAttributes");
  checkAttributes(pool.settings.attributes, changes);
  change(pool, user, changes);
  return {};
}

export function adminDeleteUser(pools: Pools, input: Input) {
  const { pool, user } = userIn(pools, input);
  pool.grants.revokeAllOf(user);
  pool.users.remove(user);
  return {};
}

export function adminEnableUser(pools: Pools, input: Input) {
  userIn(pools, input).user.enabled = true;
  return {};
}

/** A disabled user can no longer sign in, and what they have is revoked. */
export function adminDisableUser(pools: Pools, input: Input) {
  const { pool, user } = userIn(pools, input);
  user.enabled = false;
  pool.grants.revokeAllOf(user);
  return {};
}

export function adminResetUserPassword(pools: Pools, input: Input) {
  userIn(pools, input).user.status = "RESET_REQUIRED";
  return {};
}

export function adminUserGlobalSignOut(pools: Pools, input: Input) {
  const { pool, user } = userIn(pools, input);
  pool.grants.revokeAllOf(user);
  pool.browsers.deleteWhere(({ sub }) => sub === user.sub);
  return {};
}

/** Random, with one character of each kind a policy may ask for. */
const temporaryPassword = (): string => `${randomToken(12)}aA1!`;
