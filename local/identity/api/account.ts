import { checkAttributes, checkMutable, type Attributes } from "../attributes.ts";
import { redeemCode } from "../codes.ts";
import { invalidParameter, notAuthorized } from "../errors.ts";
import { sendCode, type Pool, type Pools } from "../pool.ts";
import type { User } from "../users.ts";
import { bearerIn } from "./caller.ts";
import { attributes, text, type Input } from "./input.ts";
import { attributeList, mfaShape } from "./shapes.ts";

export async function getUser(pools: Pools, input: Input) {
  const { client, user } = await bearerIn(pools, input);
  return { Username: user.username, UserAttributes: attributeList(user, client.readable), ...mfaShape(user) };
}

export async function updateUserAttributes(pools: Pools, input: Input) {
  const { pool, client, user } = await bearerIn(pools, input);
  const changes = attributes(input, "UserAttributes");
  if (Object.keys(changes).some((name) => name.endsWith("_verified"))) {
    throw notAuthorized("A client attempted to write unauthorized attribute");
  }
  checkAttributes(pool.settings.attributes, changes, client.writable);
  return { CodeDeliveryDetailsList: change(pool, user, changes) };
}

/** Writes the changes. A new address is unverified, and gets a code where the pool verifies that kind of address. */
export function change(pool: Pool, user: User, changes: Attributes) {
  checkMutable(pool.settings.attributes, changes);
  const moved = ["email", "phone_number"].filter(
    (name) => changes[name] !== undefined && changes[name] !== user.attributes[name],
  );
  const unverified = moved.map((name) => [`${name}_verified`, changes[`${name}_verified`] ?? "false"]);
  pool.users.update(user, { ...changes, ...Object.fromEntries(unverified) });
  const awaiting = moved.filter(
    (name) => pool.settings.autoVerified.includes(name) && user.attributes[`${name}_verified`] === "false",
  );
  return awaiting.map(() => sendCode(pool, user, "verify"));
}

export async function getUserAttributeVerificationCode(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  addressNamed(user, text(input, "AttributeName"));
  return { CodeDeliveryDetails: sendCode(pool, user, "verify") };
}

export async function verifyUserAttribute(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  const name = addressNamed(user, text(input, "AttributeName"));
  redeemCode(user, "verify", text(input, "Code"), pool.now());
  pool.users.update(user, { [`${name}_verified`]: "true" });
  return {};
}

export async function deleteUser(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  pool.grants.revokeAllOf(user);
  pool.users.remove(user);
  return {};
}

export async function globalSignOut(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  pool.grants.revokeAllOf(user);
  pool.browsers.deleteWhere(({ sub }) => sub === user.sub);
  return {};
}

function addressNamed(user: User, name: string): string {
  const known = ["email", "phone_number"].includes(name) && user.attributes[name] !== undefined;
  if (!known) throw invalidParameter(`Invalid attribute ${name} for verification.`);
  return name;
}
