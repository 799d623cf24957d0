import { accountIn, ownAccounts } from "../facts/accounts.ts";
import { documentsOf } from "../facts/policy-documents.ts";
import { isUnknown } from "../facts/unknown.ts";
import type { Resource } from "../resource.ts";

/** What stands for a text that AWS or Pulumi chose. */
export type Names = readonly (readonly [text: string, stands: string])[];

/** The texts of a stack that another deployment of the same program would not have: account ids and invented ids. */
export function namesIn(resources: readonly Resource[]): Names {
  const found = new Map<string, string>();
  for (const account of accountsOf(resources)) found.set(account, "<account>");
  for (const resource of resources) {
    const id = resource.outputs?.["id"];
    if (typeof id === "string" && !isUnknown(id) && isInvented(id, resource)) found.set(id, `<${resource.name}>`);
  }
  return [...found].sort(([a], [b]) => b.length - a.length);
}

/** Replaces what another deployment would not have, in every text of a document. */
export function normalised(value: unknown, names: Names): unknown {
  if (typeof value === "string") return names.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  if (Array.isArray(value)) return value.map((item) => normalised(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [normalised(key, names) as string, normalised(inner, names)]),
  );
}

/**
 * The stack's own accounts; at a preview, when AWS has not answered, the account that most ARNs of its principals' policies
 * name. This only makes two stacks comparable and gives no trust.
 */
export function accountsOf(resources: readonly Resource[]): string[] {
  const own = [...ownAccounts(resources)];
  if (own.length > 0) return own;
  const counts = new Map<string, number>();
  for (const { kind, policy } of resources.flatMap(documentsOf)) {
    if (kind !== "identity") continue;
    for (const [arn] of JSON.stringify(policy ?? "").matchAll(/arn:[^"\\]+/g)) {
      const account = accountIn(arn);
      if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? [most[0]] : [];
}

/**
 * Whether AWS or Pulumi made an id up: it ends in letters and digits that mean nothing, and no input chose it. A chosen name must
 * stay as it is, because a preview knows it before it knows the id.
 */
function isInvented(id: string, { props }: Resource): boolean {
  if (id.startsWith("arn:") || id.includes("://") || chosen.some((key) => props[key] === id && !isSuffixed(id)))
    return false;
  return isRandom(id);
}

const chosen = ["name", "bucket", "clusterName", "identifier", "functionName", "repository", "family"];

/** `a1b2c3d4e5`, `sg-0123abcd`, `worker-7f3a9c1`, and the parts of a UUID. */
const isRandom = (id: string) => /(?:^|[-_/])(?=[^-_/]*\d)[0-9A-Za-z]{6,}$/.test(id);

/** Pulumi's own names end in seven hexadecimal digits; the engine shows them among the inputs. */
const isSuffixed = (id: string) => /-[0-9a-f]{6,8}$/.test(id);
