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

/** An id that no input of the resource says, or that Pulumi made by a random ending. */
function isInvented(id: string, { name, props }: Resource): boolean {
  if (id.length < 6 || id.startsWith("arn:") || id.startsWith("http")) return false;
  if (id.includes(name) && /-[0-9a-f]{6,8}$/.test(id)) return true;
  return !["name", "bucket", "clusterName", "identifier", "functionName", "repository", "role"].some(
    (key) => props[key] === id,
  );
}
