import type { Glob } from "./glob.ts";

/** What is left of a pattern without its wildcards. */
export interface Bare {
  /** The service of an ARN; empty when it is open, or the pattern is no ARN. */
  readonly service: string;
  /** Whether an ARN names its account. */
  readonly account: boolean;
  readonly isArn: boolean;
  /** The letters and digits after the account, or of the whole text, in runs. */
  readonly words: readonly string[];
  /** Whether the first of them ends as a kind does: `cluster/`. */
  readonly kind: boolean;
  /** Whether one letter stands between wildcards somewhere. */
  readonly letter: boolean;
}

/** Patterns with more runs of letters than any template has surely name something. */
const maxWords = 12;

const known = new WeakMap<Glob, { bare: Bare | undefined }>();

/** What a pattern says besides its wildcards; undefined when it has no wildcard, or surely names something. */
export function bareOf(glob: Glob): Bare | undefined {
  let found = known.get(glob);
  if (!found) known.set(glob, (found = { bare: glob.variables ? undefined : bared(glob.text) }));
  return found.bare;
}

/** Says nothing about which thing it is, in the name of a service or before the id of an identity pool. */
const region = /(\.|^)[a-z]{2}(-[a-z]+)+-\d(\.amazonaws\.|:)/;

/** What a text with wildcards says besides them. */
export function bared(text: string): Bare | undefined {
  if (!isOpen(text) || /^[*?]+$/.test(text)) return undefined;
  const isArn = text.startsWith("arn:");
  const parts = text.split(":", 6);
  const [, , service = "", , account = ""] = parts;
  const tail = isArn ? tailOf(text, parts) : text.replace(region, "$1$3");
  const words = wordsOf(tail);
  if (words.length > maxWords) return undefined;
  return {
    service: isArn && !isOpen(service) ? service : "",
    account: isArn && (/^\d{12}/.test(account) || (account !== "" && !isOpen(account))),
    isArn,
    words,
    kind: /^\/?[A-Za-z0-9-]+[/:]/.test(tail),
    letter: /[*?][A-Za-z0-9][*?]/.test(tail),
  };
}

/** The runs of letters and digits of a text, one more than `maxWords` at most. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length && words.length <= maxWords; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) | 32 : 0;
    const inside = (code >= 97 && code <= 122) || (code >= 48 && code <= 57 && text.charCodeAt(at) >= 48);
    if (inside && start < 0) start = at;
    if (inside || start < 0) continue;
    words.push(text.slice(start, at));
    start = -1;
  }
  return words;
}

/** What follows the account; of an ARN that ends before, what follows its first wildcard. */
function tailOf(text: string, parts: readonly string[]): string {
  if (parts.length > 5) return text.slice(parts.slice(0, 5).join(":").length + 1);
  const last = parts.at(-1) ?? "";
  return last.slice(Math.max(0, last.search(/[*?]/)));
}

const isOpen = (part: string): boolean => part.includes("*") || part.includes("?");

/** A template such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`, read. */
interface Form {
  readonly isArn: boolean;
  readonly service: string;
  readonly hasAccount: boolean;
  readonly anyKind: boolean;
  readonly all: readonly string[];
  readonly words: readonly string[];
}

const forms = new Map<string, Form>();

function formOf(template: string): Form {
  let form = forms.get(template);
  if (!form) {
    const plain = template.replaceAll(/\$\{[^}]*\}/g, "*");
    const [, , service = ""] = plain.split(":", 3);
    form = {
      isArn: template.startsWith("arn:"),
      service: service === "*" ? "" : service,
      hasAccount: template.includes("${Account}"),
      anyKind: template.includes("${Kind}"),
      all: wordsOf(plain),
      words: wordsOf(plain.split(":").slice(5).join(":")),
    };
    forms.set(template, form);
  }
  return form;
}

/**
 * How much a pattern leaves open of the values of a form, when all it says is what the form says: wildcards and punctuation where
 * the names stand, as in `secret:*-??????`. `account` when it names the account at least; undefined when it names something.
 */
export function leftOpen(bare: Bare, template: string): "any" | "account" | undefined {
  const form = formOf(template);
  if (bare.service !== "" && bare.service !== form.service && !form.anyKind) return undefined;
  if (bare.isArn && !form.isArn) return undefined;
  const taken = bare.isArn ? form.words : form.all;
  let [next, left] = [0, 0];
  for (let place = 0; place < bare.words.length && left < 2; place += 1) {
    const word = bare.words[place] as string;
    const at = taken.indexOf(word, next);
    if (at >= 0) next = at + 1;
    else if (!(place === 0 && form.anyKind && bare.kind)) left += word.length;
  }
  // one letter between wildcards is in nearly every name
  if (left > 1 || (left === 1 && !bare.letter)) return undefined;
  return bare.account && form.hasAccount ? "account" : "any";
}
