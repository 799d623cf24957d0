/** A pattern of an IAM document, read: characters, `*`, `?` and policy variables. */
export interface Glob {
  /** As written. */
  readonly text: string;
  /** Character codes; `star` and `any` are the wildcards, codes from `firstVariable` are policy variables. */
  readonly tokens: readonly number[];
  readonly variables: boolean;
}

/** `*`: any characters, also none. */
export const star = -1;
/** `?`: any one character. */
export const any = -2;
/** `*` and `?` within one part of an ARN in a condition: no colon. */
export const part = -3;
export const partAny = -4;
/** Codes beyond Unicode stand for policy variables: one fixed, unknown string each. */
export const firstVariable = 0x110000;

/** Patterns longer than this are not read: the longest ARN has 2,048 characters. */
export const maxPattern = 4096;

const names = new Map<string, number>();
const escapes: Record<string, number> = { "*": 42, "?": 63, $: 36 };

/**
 * Reads a pattern. `${aws:username}` and the like become symbols, with or without a default; `${*}`, `${?}` and `${$}` are the
 * characters themselves. `variables: false` reads `${` as text, which is what AWS does in documents older than 2012-10-17.
 */
export function readGlob(text: string, { variables = true } = {}): Glob {
  const tokens: number[] = [];
  let symbolic = false;
  for (let at = 0; at < text.length && at < maxPattern; at += 1) {
    const char = text[at];
    const close = variables && char === "$" && text[at + 1] === "{" ? text.indexOf("}", at) : -1;
    if (close > 0) {
      const name = text.slice(at + 2, close);
      const code = escapes[name] ?? variable(name);
      symbolic ||= code >= firstVariable;
      tokens.push(code);
      at = close;
    } else if (char === "*") {
      if (tokens.at(-1) !== star) tokens.push(star);
    } else {
      tokens.push(char === "?" ? any : text.charCodeAt(at));
    }
  }
  return { text, tokens, variables: symbolic };
}

/**
 * Whether `pattern` covers `subject`, taken character by character. A wildcard or a policy variable in the subject is any text: only
 * a `*` covers it, or the same variable. Takes at most pattern times subject steps.
 */
export function covers(pattern: readonly number[], subject: readonly number[]): boolean {
  let p = 0;
  let s = 0;
  let lastStar = -1;
  let resume = 0;
  while (s < subject.length) {
    const token = pattern[p];
    if (token === star) {
      lastStar = p++;
      resume = s;
    } else if (token !== undefined && (token === subject[s] || (token === any && isCharacter(subject[s] as number)))) {
      p += 1;
      s += 1;
    } else if (lastStar >= 0) {
      p = lastStar + 1;
      s = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === star) p += 1;
  return p === pattern.length;
}

const isCharacter = (code: number): boolean => code >= 0 && code < firstVariable;

/** Whether a pattern covers a plain text. */
export const matches = (pattern: Glob, text: string): boolean => covers(pattern.tokens, codes(text));

/** The characters of a plain text, without wildcards or variables. */
export function codes(text: string): number[] {
  const out = new Array<number>(text.length);
  for (let at = 0; at < text.length; at += 1) out[at] = text.charCodeAt(at);
  return out;
}

/** Every pattern that can be read is one of these; `*` is the most frequent. */
export const everything: Glob = { text: "*", tokens: [star], variables: false };

/** A pattern whose policy variables may be any text. */
export function loosened(glob: Glob): Glob {
  if (!glob.variables) return glob;
  const tokens = glob.tokens.map((token) => (token >= firstVariable ? star : token));
  return { text: `${glob.text} with any text`, tokens, variables: false };
}

function variable(name: string): number {
  // another default is another text for whoever has no such key
  const [own = "", ...standard] = name.split(",");
  const key = [own.trim().toLowerCase(), ...standard.map((part) => part.trim())].join();
  let code = names.get(key);
  if (code === undefined) {
    code = firstVariable + names.size;
    names.set(key, code);
  }
  return code;
}
