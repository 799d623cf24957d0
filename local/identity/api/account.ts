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
  checkMutable(pool.settings.attributes, changes);
  return { CodeDeliveryDetailsList: changeByUser(pool, user, changes) };
}

/** Writes the changes of a user. A new address gets a code, and waits for it where the pool wants it proved first. */
function changeByUser(pool: Pool, user: User, changes: Attributes) {
  const { verifiedBeforeUpdate, autoVerified } = pool.settings;
  const moved = movedAddresses(user, changes);
  const waiting = moved.filter((name) => verifiedBeforeUpdate.includes(name));
  const now = Object.entries(changes).filter(([name]) => !waiting.includes(name));
  change(pool, user, Object.fromEntries(now));
  for (const name of waiting) user.pending[name] = changes[name]!;
  const announced = moved.filter((name) => waiting.includes(name) || autoVerified.includes(name));
  return announced.map((name) => sendCode(pool, user, "verify", changes[name]));
}

/** Writes the changes; a new address is unverified unless the change says otherwise. */
export function change(pool: Pool, user: User, changes: Attributes): void {
  checkMutable(pool.settings.attributes, changes);
  const unverified = movedAddresses(user, changes).map((name) => [`${name}_verified`, "false"]);
  pool.users.update(user, { ...Object.fromEntries(unverified), ...changes });
}

const movedAddresses = (user: User, changes: Attributes) =>
  ["email", "phone_number"].filter((name) => changes[name] !== undefined && changes[name] !== user.attributes[name]);

export async function getUserAttributeVerificationCode(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  const name = addressNamed(user, text(input, "AttributeName"));
  return { CodeDeliveryDetails: sendCode(pool, user, "verify", user.pending[name] ?? user.attributes[name]) };
}

export async function verifyUserAttribute(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  const name = addressNamed(user, text(input, "AttributeName"));
  redeemCode(user, "verify", text(input, "Code"), pool.now());
  const proved = user.pending[name];
  pool.users.update(user, { ...(proved !== undefined && { [name]: proved }), [`${name}_verified`]: "true" });
  delete user.pending[name];
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
  const known = ["email", "phone_number"].includes(name) && (user.attributes[name] ?? user.pending[name]) !== undefined;
  if (!known) throw invalidParameter(`Invalid attribute ${name} for verification.`);
  return name;
}
