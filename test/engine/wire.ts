import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Inputs } from "../../local/answers/account.ts";
import { unknownValue } from "../../local/graph.ts";

/** Properties as the engine sends them; unknown values stay `unknownValue`. */
export const fromWire = (wire: struct.Struct | undefined) => (wire?.toJavaScript() ?? {}) as Inputs;

/** Properties as the engine reads them: no `undefined`, which its messages cannot hold. */
export const toWire = (values: Inputs) => struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));

// The engine marks special values by these two constants of its protocol.
const signatureKey = "4dabf18193072939515e22adb298388d";
const wrappers = ["1b47061264138c4ac30d75fd1eb44270", "d0e6a833031e9bbcd3f4e8bde6ca49a4"];

/** The same value without the wrappers around secrets and outputs; an output without a value is unknown. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (value === null || typeof value !== "object") return value;
  const fields = value as Record<string, unknown>;
  if (wrappers.includes(String(fields[signatureKey])))
    return "value" in fields ? unwrapped(fields.value) : unknownValue;
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, unwrapped(inner)]));
}

/** Whether any part of the value is unknown yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === null || typeof value !== "object") return value === unknownValue;
  return Object.values(value).some(hasUnknown);
}
