import { text } from "./reading.ts";
import { each, isUnknown, UnknownValue } from "./unknown.ts";

/**
 * Whether a literal is a secret by its own looks: a key of a known issuer, a private key, a signed token, a URL with a
 * password in it, or a long random text.
 */
export const leaksSecret = (value: string): boolean =>
  issued.some((shape) => shape.test(value)) || (value.length >= 24 && /^[\w+/=~.-]+$/.test(value) && isRandom(value));

/** A text in which what looks like a secret is left out, or follows a name that says so: `password=` and what comes then. */
export const redacted = (said: string): string =>
  issuedAnywhere
    .reduce((rest, shape) => rest.replaceAll(shape, hidden), said)
    .replaceAll(/([\w.-]{1,64})=([^\s,;&"'`]+)/g, (whole, name: string) =>
      namesSecret(name) ? `${name}=${hidden}` : whole,
    )
    .replaceAll(/(password|passwd|passphrase|pwd):[^\s,;&"'`]+/gi, `$1:${hidden}`)
    .replaceAll(/[\w+/=~.-]{24,}/g, (word) => (leaksSecret(word) ? hidden : word));

/** What stands in a message for what may be secret. */
export const hidden = "(not shown)";

/** Whether a name says that its value is a secret: `DATABASE_PASSWORD`, `apiKey`; not `SECRET_ARN`, which only points to one. */
export function namesSecret(name: string): boolean {
  // Most names are of something else, and need not be taken apart.
  if (!/pass|pwd|secret|token|credential|key/i.test(name)) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const [last = "", before = ""] = words.reverse();
  return secretWords.some((word) => last.endsWith(word)) || (last === "key" && keyKinds.has(before));
}

/** Whether a literal under this name is a secret written in plain. A reference by ARN and an empty value are none. */
export const isPlainSecret = (name: string, value: string): boolean =>
  leaksSecret(value)
    ? !hashWords.test(name) || issued.some((shape) => shape.test(value))
    : namesSecret(name) && !isHarmless(value);

const issued = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS access key ids
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:ghp|gho|ghs|ghu|ghr|github_pat|glpat|npm|pul|xox[abprs]|sk_live|rk_live)[-_][A-Za-z0-9_-]{10,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./, // JSON Web Tokens
  /\/\/[^/\s:@]+:[^/\s:@]+@/, // user and password in a URL
];

const issuedAnywhere = issued.map((shape) => new RegExp(shape, "g"));

const secretWords =
  "password passwd passphrase pwd secret secrets token credential credentials apikey privatekey".split(" ");
const keyKinds = new Set("api private access secret signing encryption".split(" "));
const hashWords = /hash|digest|sha|checksum|etag/i;

/** Whether a value tells nothing, whatever its name: none, a reference, a truth value or a small number. */
export const isHarmless = (value: string) =>
  value === "" || value.startsWith("arn:") || /^(?:true|false|\d{1,6})$/i.test(value);

// Random text uses lower case, upper case and digits, in no order, and repeats little: names, paths and ARNs do not.
function isRandom(value: string): boolean {
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  return longestWord(value) < 7 && bitsPerCharacter(value) >= 4;
}

const longestWord = (value: string) =>
  (value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|\W/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);

function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}

/** What looks like a secret among named values; the values themselves are never told. */
export function plainSecrets(named: Iterable<readonly [string, unknown]>, kind: string): Generator<string> {
  return each(named, function* ([name, value]) {
    if (isUnknown(value)) throw new UnknownValue(`${kind} ${name}`);
    if (isPlainSecret(name, text(value) ?? "")) yield `${kind} ${name} looks like a secret`;
  });
}
