import { invalidParameter, notFound } from "../errors.ts";
import type { Pools } from "../pool.ts";
import type { User } from "../users.ts";
import { optionalText, text, type Input } from "./input.ts";
import { attributeList, clientShape, poolShape, userShape } from "./shapes.ts";

export function describeUserPool(pools: Pools, input: Input) {
  return { UserPool: poolShape(pools.pool(text(input, "UserPoolId"))) };
}

export function describeUserPoolClient(pools: Pools, input: Input) {
  const pool = pools.pool(text(input, "UserPoolId"));
  const client = pool.clients.get(text(input, "ClientId"));
  if (!client) throw notFound(`User pool client ${text(input, "ClientId")} does not exist.`);
  return { UserPoolClient: clientShape(pool, client) };
}

export function listUserPools(pools: Pools) {
  return { UserPools: pools.all.map(({ settings }) => ({ Id: settings.id, Name: settings.name })) };
}

export function listUserPoolClients(pools: Pools, input: Input) {
  const pool = pools.pool(text(input, "UserPoolId"));
  const clients = [...pool.clients.values()];
  const UserPoolId = pool.settings.id;
  return { UserPoolClients: clients.map(({ id, name }) => ({ ClientId: id, ClientName: name, UserPoolId })) };
}

/** Pages of at most 60 users, in the order they came, narrowed by a filter such as `email ^= "a"`. */
export function listUsers(pools: Pools, input: Input) {
  const pool = pools.pool(text(input, "UserPoolId"));
  const limit = input.Limit ?? 60;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0 || limit > 60) {
    throw invalidParameter("Limit is a whole number from 0 to 60");
  }
  const matches = filter(optionalText(input, "Filter") ?? "");
  const from = Number(optionalText(input, "PaginationToken") ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) throw invalidParameter("Invalid pagination token given.");
  const found = pool.users.all().filter(matches);
  const page = found.slice(from, from + (limit || 60));
  const end = from + page.length;
  return {
    Users: page.map((user) => ({ ...userShape(user), Attributes: attributeList(user) })),
    ...(end < found.length && { PaginationToken: String(end) }),
  };
}

function filter(expression: string): (user: User) => boolean {
  if (expression === "") return () => true;
  const parsed = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(expression);
  if (!parsed) throw invalidParameter(`Error while parsing filter: ${expression}`);
  const [, name = "", operator, quoted = ""] = parsed;
  const wanted = quoted.replace(/\\(.)/g, "$1");
  return (user) => {
    const value = valueOf(user, name);
    return operator === "=" ? value === wanted : (value?.startsWith(wanted) ?? false);
  };
}

function valueOf(user: User, name: string): string | undefined {
  if (name === "username") return user.username;
  if (name === "sub") return user.sub;
  if (name === "cognito:user_status") return user.status;
  if (name === "status") return user.enabled ? "Enabled" : "Disabled";
  return user.attributes[name];
}
