import { hidden, isHarmless, namesSecret, redacted } from "./secrets.ts";

/** Whether what is compared with a key of a condition may be secret: an external id, a tag named `password`, a token. */
export const asksSecret = (key: string): boolean => /(?:^|:)externalid$/i.test(key) || namesSecret(key);

/** The values that a document, as text or object, compares with such keys. Wildcards alone tell nothing. */
export function secretsAsked(policy: unknown): string[] {
  const document = typeof policy === "string" ? parsed(policy) : policy;
  if (typeof document !== "object" || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    !Array.isArray(document) && asksSecret(key)
      ? listed(value).filter((one) => !isHarmless(one) && /[^*?]/.test(one))
      : typeof value === "object"
        ? secretsAsked(value)
        : [],
  );
}

/** A text without the given secrets, as whole words, and without what looks like one. */
export function withoutSecrets(said: string, secrets: readonly string[]): string {
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  return redacted(
    longestFirst.reduce(
      (rest, secret) =>
        rest.replaceAll(secret, (found, at: number, whole: string) =>
          isWord(whole[at - 1]) || isWord(whole[at + found.length]) ? found : hidden,
        ),
      said,
    ),
  );
}

const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character);

const listed = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((one) => typeof one === "string");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
