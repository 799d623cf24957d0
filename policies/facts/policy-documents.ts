import type { Kind } from "../iam/document.ts";
import type { Resource } from "../resource.ts";
import { documentInputs } from "./document-places.ts";
import { text } from "./reading.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";

/** One IAM document among the inputs of a stack's resources. */
export interface PolicyDocument {
  readonly resource: Resource;
  /** Path of the input, for example `inlinePolicies.0.policy`. */
  readonly path: string;
  readonly kind: Kind;
  /** JSON text or an object, as far as it is known; undefined when nothing of it is. */
  readonly policy: unknown;
  /** What of it is not known before the update. */
  readonly unknown?: UnknownValue;
  /** A condition that is not known yet and was left out of `policy`: it can only narrow. */
  readonly narrowing?: UnknownValue;
}

/** The documents of a resource, whether known or not. A function's permission counts as the document Lambda makes of it. */
export function documentsOf(resource: Resource): PolicyDocument[] {
  if (resource.type === "aws:lambda/permission:Permission") return [permission(resource)];
  return documentInputs(resource.type).flatMap(({ path, kind }) =>
    valuesAt(resource.props, path.split("."), "").map(([where, value]) => placed(resource, where, kind, value)),
  );
}

function placed(resource: Resource, path: string, kind: Kind, value: unknown): PolicyDocument {
  const hole = firstUnknown(value, path);
  if (!hole) return { resource, path, kind, policy: value };
  return { resource, path, kind, policy: withoutUnknown(value), unknown: new UnknownValue(hole) };
}

/** The values at a path, with the path that leads to each; absent ones are left out. */
function valuesAt(from: unknown, [key, ...rest]: readonly string[], path: string): [string, unknown][] {
  if (from === undefined || from === null || from === "") return [];
  if (key === undefined || isUnknown(from)) return [[path, from]];
  const join = (next: string) => (path === "" ? next : `${path}.${next}`);
  if (key === "*") {
    return Array.isArray(from) ? from.flatMap((item, at) => valuesAt(item, rest, join(String(at)))) : [];
  }
  return typeof from === "object" ? valuesAt((from as Record<string, unknown>)[key], rest, join(key)) : [];
}

function firstUnknown(value: unknown, path: string): string | undefined {
  if (isUnknown(value)) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstUnknown(inner, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What a document surely gives: the Allows that are known throughout. Nothing is sure when a Deny has a part that is unknown.
 * Statements keep their place as their name.
 */
function withoutUnknown(policy: unknown): unknown {
  const { Statement, ...rest } = (typeof policy === "object" ? policy : {}) as { Statement?: unknown };
  const statements = Array.isArray(Statement) ? (Statement as unknown[]) : [Statement];
  const sure = (part: unknown) => firstUnknown(part, "") === undefined;
  if (isUnknown(policy) || isUnknown(Statement) || !sure(rest)) return undefined;
  const known: object[] = [];
  for (const [place, statement] of statements.entries()) {
    if (sure(statement)) known.push({ Sid: `#${place}`, ...(statement as object) });
    else if ((statement as { Effect?: unknown } | undefined)?.Effect !== "Allow") return undefined;
  }
  return known.length > 0 ? { ...rest, Statement: known } : undefined;
}

/** A source that is not known yet is left out: it narrows, and whom the permission names is told without it. */
function permission(resource: Resource): PolicyDocument {
  const { props } = resource;
  const known = (key: string) => (isUnknown(props[key]) ? undefined : text(props, key));
  const rest = { resource, path: "principal", kind: "resource" } as const;
  const hole = ["principal", "action", "function"].find((key) => isUnknown(props[key]));
  if (hole) return { ...rest, policy: undefined, unknown: new UnknownValue(hole) };
  const [principal = "", organisation] = [known("principal"), known("principalOrgId")];
  const open = principal === "*" && narrowings.find((key) => isUnknown(props[key]));
  if (open) return { ...rest, policy: undefined, unknown: new UnknownValue(open) };
  const [source, account] = [known("sourceArn"), known("sourceAccount")];
  const equals = {
    ...(account && { "aws:SourceAccount": account }),
    ...(organisation && { "aws:PrincipalOrgID": organisation }),
  };
  const conditions = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(source && { ArnLike: { "aws:SourceArn": source } }),
  };
  const statement = {
    Sid: text(props, "statementId") ?? "Permission",
    Effect: "Allow",
    Principal:
      principal === "*"
        ? principal
        : principal.includes(".amazonaws.com")
          ? { Service: principal }
          : { AWS: principal },
    Action: text(props, "action"),
    Resource: text(props, "function"),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
  const later = narrowings.find((key) => isUnknown(props[key]));
  const policy = { Version: "2012-10-17", Statement: [statement] };
  return { ...rest, policy, ...(later && { narrowing: new UnknownValue(later) }) };
}

const narrowings = ["sourceArn", "sourceAccount", "principalOrgId"];
