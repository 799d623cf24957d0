import type { JWTPayload } from "jose";

/** The claims of a token as a function sees them: every value is text. */
export type Claims = Record<string, string>;

/** API Gateway writes two of the times as dates, the others as numbers. */
const dates = new Set(["exp", "iat"]);

export function claimsOf(payload: JWTPayload): Claims {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(name, value)]));
}

function textOf(name: string, value: unknown): string {
  if (dates.has(name) && typeof value === "number") return dateText(value);
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** `Fri Jul 29 18:52:53 UTC 2016`. */
function dateText(seconds: number): string {
  const [weekday, day, month, year, time] = new Date(seconds * 1000).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
