import type { Client } from "../client.ts";
import { redeemCode } from "../codes.ts";
import { codeMismatch, expiredCode, invalidParameter, notAuthorized, userNotFound } from "../errors.ts";
import { countFailure, refuseWhileLocked, setPassword } from "../first-factor.ts";
import { checkPassword, isPassword } from "../password.ts";
import { deliveryTo, sendCode, type Pool, type Pools } from "../pool.ts";
import { bearerIn, clientIn } from "./caller.ts";
import { optionalText, text, type Input } from "./input.ts";

export function forgotPassword(pools: Pools, input: Input) {
  const username = text(input, "Username");
  const { pool, client } = clientIn(pools, input, username, optionalText(input, "SecretHash"));
  return { CodeDeliveryDetails: startReset(pool, client, username) };
}

/** Sends a code to replace the password with. For a name nobody has the answer looks the same. */
export function startReset(pool: Pool, client: Client, username: string) {
  const user = pool.users.find(username);
  if (!user) {
    if (!client.hidesUnknownUsers) throw userNotFound("Username/client id combination not found.");
    return deliveryTo(username);
  }
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  const { email_verified, phone_number_verified } = user.attributes;
  if (email_verified !== "true" && phone_number_verified !== "true") {
    throw invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  }
  return sendCode(pool, user, "reset");
}

export async function confirmForgotPassword(pools: Pools, input: Input) {
  const username = text(input, "Username");
  const { pool, client } = clientIn(pools, input, username, optionalText(input, "SecretHash"));
  await finishReset(pool, client, username, text(input, "ConfirmationCode"), text(input, "Password"));
  return {};
}

/** Replaces the password by the code that was sent. A password the policy refuses leaves the code usable. */
export async function finishReset(pool: Pool, client: Client, username: string, code: string, password: string) {
  const user = pool.users.find(username);
  if (!user) throw client.hidesUnknownUsers ? expiredCode() : userNotFound("Username/client id combination not found.");
  if (!/^\S{1,2048}$/.test(code)) throw codeMismatch();
  checkPassword(pool.settings.password, password);
  redeemCode(user, "reset", code, pool.now());
  await setPassword(pool, user, password);
  if (user.status === "RESET_REQUIRED" || user.status === "UNCONFIRMED") user.status = "CONFIRMED";
}

export async function changePassword(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  refuseWhileLocked(pool, user);
  if (!(await isPassword(text(input, "PreviousPassword"), user.password))) throw countFailure(pool, user);
  await setPassword(pool, user, text(input, "ProposedPassword"));
  return {};
}
