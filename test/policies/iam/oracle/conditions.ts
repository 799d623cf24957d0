import { like, pieces } from "./matching.ts";

/** The values of the condition keys of one request, by lower-case name; absent ones are undefined. */
export type Context = Readonly<Record<string, readonly string[] | undefined>>;

/** Whether one line of a condition block holds, as AWS's reference of condition operators has it. */
export function holds(name: string, key: string, values: readonly string[], context: Context): boolean {
  const [quantifier, rest] = name.includes(":") ? (name.split(":") as [string, string]) : ["", name];
  const present = context[key];
  if (rest === "Null") return values.some((value) => (value === "true") === (present === undefined));
  const ifExists = rest.endsWith("IfExists");
  const operator = ifExists ? rest.slice(0, -"IfExists".length) : rest;
  const negated = operator.includes("Not");
  if (present === undefined || present.length === 0) {
    return ifExists || quantifier === "ForAllValues" || (negated && quantifier === "");
  }
  const one = (value: string) => values.some((wanted) => compares(operator, wanted, value, context)) !== negated;
  return quantifier === "ForAllValues"
    ? present.every(one)
    : quantifier === "ForAnyValue"
      ? present.some(one)
      : one(present[0] as string);
}

/** Whether a value of the request is what one value of the condition asks for, before any `Not`. */
function compares(operator: string, wanted: string, value: string, context: Context): boolean {
  const plain = operator.replace("Not", "");
  if (plain === "StringEquals") return textOf(wanted, context) === value;
  if (plain === "StringEqualsIgnoreCase") return textOf(wanted, context)?.toLowerCase() === value.toLowerCase();
  if (plain === "StringLike") return likeText(wanted, value, context);
  if (plain.startsWith("Arn")) return likeArn(wanted, value, context);
  if (plain === "Bool") return wanted.toLowerCase() === value.toLowerCase();
  if (plain === "IpAddress") return isInRange(wanted, value);
  const [left, right] = plain.startsWith("Date") ? [dateOf(value), dateOf(wanted)] : [Number(value), Number(wanted)];
  if (plain.endsWith("LessThan")) return left < right;
  if (plain.endsWith("LessThanEquals")) return left <= right;
  if (plain.endsWith("GreaterThan")) return left > right;
  return plain.endsWith("GreaterThanEquals") ? left >= right : left === right;
}

/** Variables are filled in; wildcards are characters. */
function textOf(wanted: string, context: Context): string | undefined {
  return pieces(wanted, context)
    ?.map((piece) => piece.at(-1))
    .join("");
}

function likeText(wanted: string, value: string, context: Context): boolean {
  const pattern = pieces(wanted, context);
  return pattern !== undefined && like(pattern, value);
}

/** Each of the six parts of an ARN is compared by itself; the last may hold more colons. */
function likeArn(wanted: string, value: string, context: Context): boolean {
  const parts = (text: string) => {
    const [a, b, c, d, e, ...rest] = text.split(":");
    return [a, b, c, d, e, rest.join(":")] as string[];
  };
  if (wanted.split(":").length < 6 || value.split(":").length < 6) return false;
  return parts(wanted).every((part, at) => likeText(part, parts(value)[at] as string, context));
}

/** Seconds since 1970, from seconds or ISO 8601. */
const dateOf = (text: string): number => (text.includes("-") ? Date.parse(text) / 1000 : Number(text));

/** An address and a range, as bits. IPv6 is written in full here. */
function isInRange(range: string, address: string): boolean {
  const [base = "", length] = range.split("/");
  const bits = bitsOf(base).slice(0, length === undefined ? undefined : Number(length));
  return base.includes(":") === address.includes(":") && bitsOf(address).startsWith(bits);
}

function bitsOf(address: string): string {
  const [separator, base, width] = address.includes(":") ? ([":", 16, 16] as const) : ([".", 10, 8] as const);
  const parts = address.split(separator).map((part) => Number.parseInt(part, base).toString(2).padStart(width, "0"));
  return parts.join("");
}
