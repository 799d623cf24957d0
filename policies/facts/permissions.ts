import { subject, type Subject } from "../iam/check.ts";
import { readDocument, type Document, type Kind } from "../iam/document.ts";
import { effectivePermissions } from "../iam/permissions.ts";
import type { Holder } from "./holders.ts";
import { managedPolicy } from "./managed-policies.ts";
import type { PolicyDocument } from "./policy-documents.ts";

/** How many prepared subjects are kept; a stack has far fewer. */
const most = 2000;
const known = new Map<string, Subject>();

/**
 * Documents of one kind prepared for the checks, as far as they are known. What the statements say is asked of many rules and of
 * copies of the same resources, so it is kept by content.
 */
export function subjectOf(
  kind: Kind,
  documents: readonly PolicyDocument[],
  { boundary, accounts = [] }: { boundary?: Holder["boundary"]; accounts?: readonly string[] } = {},
): Subject {
  const limit = boundary && "policy" in boundary ? boundary.policy.policy : undefined;
  const policies = documents.map(({ policy }) => policy);
  const key = JSON.stringify([kind, policies, limit, accounts]);
  let found = known.get(key);
  if (!found) {
    const read = policies.map((policy, place) => placed(readDocument(policy, kind), place));
    const permissions = effectivePermissions(read, limit === undefined ? undefined : readDocument(limit, "identity"));
    if (known.size >= most) known.clear();
    known.set(key, (found = subject(kind, read, permissions, accounts.length > 0 ? accounts : undefined)));
  }
  return found;
}

/** Everything a holder may do, as far as its documents are known, with those policies of AWS that are known here. */
export function holderSubject(holder: Holder): Subject {
  let found = subjects.get(holder);
  if (!found) subjects.set(holder, (found = prepared(holder)));
  return found;
}

const subjects = new WeakMap<Holder, Subject>();

const prepared = (holder: Holder): Subject => subjectOf("identity", policiesOf(holder), { boundary: holder.boundary });

/** The documents that `permissionsOf` is made of, as `sourceOf` takes them. */
export function policiesOf({ documents, managed, resource }: Holder): PolicyDocument[] {
  const given = managed.flatMap(({ arn }) => {
    const policy = managedPolicy(arn);
    return policy ? [{ resource, path: arn, kind: "identity" as const, policy }] : [];
  });
  return [...documents.filter(isKnown), ...given];
}

export const permissionsOf = (holder: Holder) => holderSubject(holder).permissions;

/** Attached policies that cannot be read here: what they give is not in `permissionsOf`. */
export const unread = ({ managed }: Holder) => managed.filter(({ arn }) => managedPolicy(arn) === undefined);

export const isKnown = ({ policy }: PolicyDocument): boolean => policy !== undefined;

/** Labels tell the document, too: several documents of a principal may have a statement of the same name. */
function placed({ statements, flaws, variables }: Document, place: number): Document {
  return {
    variables,
    statements: statements.map((statement) => ({ ...statement, label: `${place}|${statement.label}` })),
    flaws: flaws.map((flaw) => ({ ...flaw, statement: `${place}|${flaw.statement}` })),
  };
}

/** The document and the statement that a label means; the first document where it names none. */
export function sourceOf(
  label: string,
  documents: readonly PolicyDocument[],
): { from: PolicyDocument; statement: string } {
  const bar = label.indexOf("|");
  const place = bar > 0 ? Number(label.slice(0, bar)) : 0;
  return { from: (documents[place] ?? documents[0]) as PolicyDocument, statement: label.slice(bar + 1) };
}
