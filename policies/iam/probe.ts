import type { Action, ResourceType } from "../data/catalogue.ts";
import { any, codes, readGlob, type Glob } from "./glob.ts";

/** A name that no document can mean, so that only a wildcard covers it. */
const stranger = [0xe000, 0xe001, 0xe002, 0xe003, 0xe004, 0xe005, 0xe006, 0xe007];
const usual = 48;
const strangersOf = (length: number) => Array.from({ length }, (_, at) => stranger[at % stranger.length] as number);
const strangers = strangersOf(usual);

/** Where a pattern points: partition, region and account. */
export const placeOf = (text: string): string => {
  const [, partition, , region, account] = text.split(":", 5);
  return `${plain(partition)} ${plain(region)} ${plain(account)}`;
};

/** How many different lengths of names one question tries. */
const maxLengths = 8;

/**
 * The lengths a strange name must have for patterns to tell all that they can: a usual one, and for each run of `?` the length it
 * asks for and one less.
 */
export function lengthsFor(globs: readonly Glob[]): readonly number[] {
  const found = new Set([usual]);
  for (const { tokens } of globs) {
    let run = 0;
    for (const token of [...tokens, slash]) {
      if (token === any) run += 1;
      if (token !== slash && token !== colon) continue;
      if (run > 0) found.add(run).add(Math.max(1, run - 1));
      run = 0;
    }
    if (found.size >= maxLengths) break;
  }
  return [...found];
}

const slash = 47;
const colon = 58;

/**
 * An ARN of the template with names nobody knows, in the partition and region of the pattern, and in its account or in a
 * stranger's. The names have `length` characters.
 */
export function probe(
  template: string,
  glob: Glob | undefined,
  anyAccount: boolean,
  length = usual,
): readonly number[] {
  if (template === "*") return strangersOf(length);
  const [, partition, , region, account] = glob ? glob.text.split(":", 5) : [];
  // function:name:alias, log-group:name:*: what follows a name by a colon is a part of the same resource
  const parts = glob ? Math.min(2, Math.max(0, colons(glob.text) - colons(template))) : 0;
  const key = `${template} ${plain(partition)} ${plain(region)} ${anyAccount ? "" : plain(account)} ${parts} ${length}`;
  let found = probes.get(key);
  if (!found) {
    if (probes.size > 20_000) probes.clear();
    const whole = template + ":${Part}".repeat(parts);
    found = filled(whole, plain(partition), plain(region), anyAccount ? "" : plain(account), length);
    probes.set(key, found);
  }
  return found;
}

/** How many parts between colons a text has, at most twelve. */
export function colons(text: string): number {
  let parts = 1;
  for (let at = text.indexOf(":"); at >= 0 && parts < 12; at = text.indexOf(":", at + 1)) parts += 1;
  return parts;
}

const probes = new Map<string, readonly number[]>();

/** A part of an ARN without wildcards; nothing when it has some. */
const plain = (part = ""): string => (part.length > 64 || part.includes("*") || part.includes("?") ? "" : part);

function filled(template: string, partition: string, region: string, account: string, length: number): number[] {
  const out: number[] = [];
  for (let at = 0; at < template.length; at += 1) {
    const close = template[at] === "$" && template[at + 1] === "{" ? template.indexOf("}", at) : -1;
    if (close < 0) {
      out.push(template.charCodeAt(at));
      continue;
    }
    const name = template.slice(at + 2, close);
    if (name === "Partition") out.push(...codes(partition || "aws"));
    else if (name === "Region") out.push(...(region ? codes(region) : stranger));
    else if (name === "Account") out.push(...(account ? codes(account) : stranger));
    else out.push(...strangersOf(length));
    at = close;
  }
  return out;
}

/** A resource in the pattern: its wildcards filled with strangers. */
export const example = ({ tokens }: Glob): number[] =>
  tokens.flatMap((token) => (token === -1 ? strangers : token === -2 ? stranger.slice(0, 1) : [token]));

const kinds = new Map<string, Glob>();

/** Everything of a template's kind, wherever and whatever its name. */
export function kindOf(template: string): Glob {
  let found = kinds.get(template);
  if (!found) kinds.set(template, (found = readGlob(template.replaceAll(/\$\{[^}]*\}/g, "*"))));
  return found;
}

const templates = new WeakMap<readonly ResourceType[], readonly string[]>();

/** The ARN templates of what an action acts on; `*` when it supports no resource. */
export function templatesOf({ resources }: Action): readonly string[] {
  let found = templates.get(resources);
  if (!found) templates.set(resources, (found = resources.length > 0 ? resources.map(({ arn }) => arn) : ["*"]));
  return found;
}
