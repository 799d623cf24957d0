import { invalidParameter, ServiceError } from "../errors.ts";
import type { Attributes } from "../attributes.ts";

/** The body of a request: whatever JSON object the caller sent. */
export type Input = Record<string, unknown>;

/** A string the operation needs. Fails when it is missing, empty, no string, or longer than any real one. */
export function text(input: Input, key: string): string {
  const value = optionalText(input, key);
  if (value) return value;
  const place = `${key[0]!.toLowerCase()}${key.slice(1)}`;
  throw invalidParameter(
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: Member must not be null`,
  );
}

export function optionalText(input: Input, key: string): string | undefined {
  const value = input[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new ServiceError("SerializationException", `${key} is no string`);
  if (value.length > 8192) throw invalidParameter(`${key} is longer than 8192 characters`);
  return value;
}

export const flag = (input: Input, key: string): boolean => input[key] === true;

/** A map of strings, such as `AuthParameters`; empty when absent. */
export function texts(input: Input, key: string): Record<string, string> {
  const value = input[key] ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new ServiceError("SerializationException", `${key} is no map`);
  const entries = Object.keys(value).map((name) => [name, optionalText(value as Input, name) ?? ""]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The list of `{Name, Value}` pairs under `key`; empty when absent. */
export function attributes(input: Input, key: string): Attributes {
  const list = input[key] ?? [];
  if (!Array.isArray(list)) throw new ServiceError("SerializationException", `${key} is no list`);
  const pairs = list.map((pair: Input) => [text(pair ?? {}, "Name"), optionalText(pair ?? {}, "Value") ?? ""]);
  return Object.fromEntries(pairs) as Attributes;
}
