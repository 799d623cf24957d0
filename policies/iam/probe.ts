import { codes, type Glob } from "./glob.ts";

/** A name that no document can mean, so that only a wildcard covers it. */
const stranger = [0xe000, 0xe001, 0xe002, 0xe003, 0xe004, 0xe005, 0xe006, 0xe007];
const strangers = Array.from({ length: 6 }, () => stranger).flat();

/** Where a pattern points: partition, region and account. */
export const placeOf = (text: string): string => {
  const [, partition, , region, account] = text.split(":", 5);
  return `${plain(partition)} ${plain(region)} ${plain(account)}`;
};

/**
 * An ARN of the template with names nobody knows, in the partition and region of the pattern, and in its account or in a
 * stranger's.
 */
export function probe(template: string, glob: Glob | undefined, anyAccount: boolean): readonly number[] {
  if (template === "*") return strangers;
  const [, partition, , region, account] = glob ? glob.text.split(":", 5) : [];
  // function:name:alias, log-group:name:*: what follows a name by a colon is a part of the same resource
  const parts = glob ? Math.min(2, Math.max(0, colons(glob.text) - colons(template))) : 0;
  const key = `${template} ${plain(partition)} ${plain(region)} ${anyAccount ? "" : plain(account)} ${parts}`;
  let found = probes.get(key);
  if (!found) {
    if (probes.size > 20_000) probes.clear();
    const whole = template + ":${Part}".repeat(parts);
    found = filled(whole, plain(partition), plain(region), anyAccount ? "" : plain(account));
    probes.set(key, found);
  }
  return found;
}

/** How many parts between colons a text has, at most twelve. */
export const colons = (text: string): number => text.split(":", 12).length;

const probes = new Map<string, readonly number[]>();

/** A part of an ARN without wildcards; nothing when it has some. */
const plain = (part = ""): string => (part.length > 64 || part.includes("*") || part.includes("?") ? "" : part);

function filled(template: string, partition: string, region: string, account: string): number[] {
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
    else out.push(...strangers);
    at = close;
  }
  return out;
}

/** A resource in the pattern: its wildcards filled with strangers. */
export const example = ({ tokens }: Glob): number[] =>
  tokens.flatMap((token) => (token === -1 ? strangers : token === -2 ? stranger.slice(0, 1) : [token]));
