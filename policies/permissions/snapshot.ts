import { holdersIn, type Holder } from "../facts/holders.ts";
import { documentsOf, type PolicyDocument } from "../facts/policy-documents.ts";
import type { Resource } from "../resource.ts";
import { namesIn, normalised, type Names } from "./names.ts";

/** A policy document as JSON. */
export type Policy = unknown;

/** What one principal may do, and who may become it. */
export interface Principal {
  readonly trust?: Policy;
  /** Its policies, by the logical name of the resource that holds each, and the path in it. */
  readonly policies: Readonly<Record<string, Policy>>;
  /** ARNs of attached policies that are not of the stack. */
  readonly managed: readonly string[];
  readonly boundary?: Policy;
}

/**
 * All permissions of a stack, by logical names and without what differs between two accounts that hold the same program: their
 * own account id, and the ids that AWS invents.
 */
export interface Snapshot {
  readonly principals: Readonly<Record<string, Principal>>;
  /** Policies of resources, by logical name and path. */
  readonly resources: Readonly<Record<string, Policy>>;
}

/** The permissions of a stack, and what cannot be told yet and is left out. */
export interface Taken {
  readonly snapshot: Snapshot;
  readonly unknown: Holder["unknown"];
}

/** Takes down the permissions of a stack. */
export function snapshotOf(resources: readonly Resource[]): Taken {
  const names = namesIn(resources);
  const documents = resources.flatMap(documentsOf);
  const known = (list: readonly PolicyDocument[]) =>
    sorted(list.filter(isKnown).map((one) => [placeOf(one), normalised(asJson(one.policy), names)] as const));
  const holders = holdersIn(resources);
  const principals = holders.filter(isPlaced).map((holder) => {
    const [trust] = Object.values(
      known(documents.filter(({ resource, kind }) => resource === holder.resource && kind === "trust")),
    );
    return [
      holder.resource.name,
      {
        ...(trust !== undefined && { trust }),
        policies: known(holder.documents),
        managed: holder.managed.map(({ arn }) => normalised(arn, names) as string).sort(),
        ...(holder.boundary && { boundary: boundaryOf(holder, names) }),
      },
    ] as const;
  });
  const about = known(documents.filter(({ kind }) => kind === "resource"));
  return { snapshot: { principals: sorted(principals), resources: about }, unknown: unknownOf(documents, holders) };
}

const isKnown = ({ unknown, narrowing }: PolicyDocument) => !unknown && !narrowing;

/** A policy of nobody knows whom would stand under its own name, and with its holder's tomorrow. */
const isPlaced = ({ isPrincipal, unknown }: Holder) => isPrincipal || unknown.length === 0;

function unknownOf(documents: readonly PolicyDocument[], holders: readonly Holder[]): Holder["unknown"] {
  const missing = documents.flatMap(({ unknown, narrowing, resource }) => {
    const one = unknown ?? narrowing;
    return one ? [{ unknown: one, resource }] : [];
  });
  return [...missing, ...holders.flatMap(({ unknown }) => unknown)];
}

/** A boundary outside the stack is kept by its ARN. */
const boundaryOf = ({ boundary, resource }: Holder, names: Names) =>
  normalised(
    boundary && "policy" in boundary ? asJson(boundary.policy.policy) : resource.props["permissionsBoundary"],
    names,
  );

/** The usual path goes without saying. */
const placeOf = ({ resource, path }: PolicyDocument) =>
  path.includes(".") ? `${resource.name}.${path}` : resource.name;

function asJson(policy: unknown): unknown {
  if (typeof policy !== "string") return policy;
  try {
    return JSON.parse(policy);
  } catch {
    return policy;
  }
}

const sorted = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
