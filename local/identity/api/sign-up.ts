import { checkAttributes, checkRequired, type Attributes } from "../attributes.ts";
import type { Client } from "../client.ts";
import { redeemCode } from "../codes.ts";
import { codeMismatch, expiredCode, invalidParameter, notAuthorized, userNotFound } from "../errors.ts";
import { setPassword } from "../first-factor.ts";
import { checkPassword } from "../password.ts";
import { deliveryTo, sendCode, type Pool, type Pools } from "../pool.ts";
import { checkUsername, clientIn, withUsername } from "./caller.ts";
import { attributes, optionalText, text, type Input } from "./input.ts";

export async function signUp(pools: Pools, input: Input) {
  const username = text(input, "Username");
  const { pool, client } = clientIn(pools, input, username, optionalText(input, "SecretHash"));
  const { user, delivery } = await register(
    pool,
    client,
    username,
    text(input, "Password"),
    attributes(input, "UserAttributes"),
  );
  return { UserConfirmed: false, UserSub: user.sub, ...(delivery && { CodeDeliveryDetails: delivery }) };
}

/** Registers a user who is still to be confirmed, and sends the code for it. */
export async function register(pool: Pool, client: Client, username: string, password: string, given: Attributes) {
  if (pool.settings.adminOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  checkUsername(pool, username);
  checkAttributes(pool.settings.attributes, given, client.writable);
  if (given.email_verified || given.phone_number_verified) {
    throw notAuthorized("A client attempted to write unauthorized attribute");
  }
  const all = withUsername(pool, username, given);
  checkAttributes(pool.settings.attributes, all);
  checkRequired(pool.settings.attributes, all);
  checkPassword(pool.settings.password, password);
  const user = pool.users.add(username, all, "UNCONFIRMED");
  await setPassword(pool, user, password);
  const verifies = pool.settings.autoVerified.some((name) => all[name] !== undefined);
  return { user, delivery: verifies ? sendCode(pool, user, "sign-up") : undefined };
}

export function confirmSignUp(pools: Pools, input: Input) {
  const username = text(input, "Username");
  const { pool, client } = clientIn(pools, input, username, optionalText(input, "SecretHash"));
  confirm(pool, client, username, text(input, "ConfirmationCode"));
  return {};
}

/** Confirms a user by the code that was sent; the address it went to counts as verified. */
export function confirm(pool: Pool, client: Client, username: string, code: string): void {
  const user = pool.users.find(username);
  if (!user) throw client.hidesUnknownUsers ? expiredCode() : userNotFound("Username/client id combination not found.");
  if (!/^\S{1,2048}$/.test(code)) throw codeMismatch();
  if (user.status !== "UNCONFIRMED") {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  redeemCode(user, "sign-up", code, pool.now());
  const verified = user.attributes.email === undefined ? "phone_number_verified" : "email_verified";
  pool.users.update(user, { [verified]: "true" });
  user.status = "CONFIRMED";
}

export function resendConfirmationCode(pools: Pools, input: Input) {
  const username = text(input, "Username");
  const { pool, client } = clientIn(pools, input, username, optionalText(input, "SecretHash"));
  const user = pool.users.find(username);
  if (!user) {
    if (!client.hidesUnknownUsers) throw userNotFound("Username/client id combination not found.");
    return { CodeDeliveryDetails: deliveryTo(username) };
  }
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  return { CodeDeliveryDetails: sendCode(pool, user, "sign-up") };
}
