import { clipped, isObject, readConditions, unresolved, type Comparison } from "./condition.ts";
import { parseJson } from "./json.ts";
import { readPrincipals, type Principals } from "./principal.ts";

/** What a document is attached to: a principal, a role's door, or a resource. */
export type Kind = "identity" | "trust" | "resource";

/** One statement, lists made of single values. */
export interface Statement {
  /** Its `Sid`, or `#` and its place from 0. */
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Whether `actions` are the ones left out (`NotAction`). */
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  readonly principals: Principals | undefined;
  readonly conditions: readonly Comparison[];
}

/**
 * Something AWS would refuse and that may hide a right (`invalid`), that AWS would refuse but that gives nothing (`harmless`), or
 * that could not be read (`unreadable`), such as a reference that a template has yet to fill in.
 */
export interface Flaw {
  readonly severity: "invalid" | "harmless" | "unreadable";
  readonly statement: string;
  readonly message: string;
}

export interface Document {
  readonly statements: readonly Statement[];
  readonly flaws: readonly Flaw[];
  /** Whether `${aws:username}` and the like are variables: only from version 2012-10-17 on. */
  readonly variables: boolean;
}

const maxStatements = 2000;
const fields = new Set(
  ["Version", "Id", "Statement"].concat(["Sid", "Effect", "Principal", "NotPrincipal", "Condition"]),
);
const statementFields = new Set([...fields, "Action", "NotAction", "Resource", "NotResource"]);

/** Reads a policy, as JSON text or as an object. Never throws: what cannot be read is in `flaws`. */
export function readDocument(policy: unknown, kind: Kind): Document {
  const flaws: Flaw[] = [];
  const note = (severity: Flaw["severity"], statement: string, message: string) =>
    void flaws.push({ severity, statement, message });
  const found = typeof policy === "string" ? readText(policy, note) : policy;
  const statements: Statement[] = [];
  if (!isObject(found)) {
    if (flaws.length === 0) note("unreadable", "", "the policy is no JSON object");
    return { statements, flaws, variables: true };
  }
  const raw = found["Statement"];
  const list = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw];
  if (list.length === 0) note("invalid", "", "the policy has no Statement");
  if (list.length > maxStatements) note("unreadable", "", `the policy has ${list.length} statements: split it`);
  const version = found["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    note("harmless", "", `the Version ${clipped(version)} does not exist`);
  }
  for (const [place, entry] of list.slice(0, maxStatements).entries()) {
    const statement = readStatement(entry, place, kind, note);
    if (statement) statements.push(statement);
  }
  return { statements, flaws, variables: version === "2012-10-17" };
}

/** Notes what is wrong with a statement. */
export type Refuse = (message: string, severity?: Flaw["severity"]) => void;

type Note = (severity: Flaw["severity"], statement: string, message: string) => void;

function readText(text: string, note: Note): unknown {
  try {
    const { value, duplicates } = parseJson(text);
    for (const path of duplicates) note("invalid", "", `the key ${clipped(path)} is there twice`);
    return value;
  } catch (error) {
    note("unreadable", "", (error as Error).message);
    return undefined;
  }
}

function readStatement(entry: unknown, place: number, kind: Kind, note: Note): Statement | undefined {
  if (!isObject(entry)) {
    note("invalid", `#${place}`, "the statement is no object");
    return undefined;
  }
  const sid = entry["Sid"];
  const label = typeof sid === "string" && sid !== "" ? sid.slice(0, 120) : `#${place}`;
  const refuse: Refuse = (message, severity = "invalid") => note(severity, label, message);
  for (const field of Object.keys(entry)) if (!statementFields.has(field)) refuse(`the element ${clipped(field)} does not exist`);
  const effect = entry["Effect"];
  if (effect !== "Allow" && effect !== "Deny") refuse(`Effect must be Allow or Deny, got ${clipped(effect)}`);
  const [actions, exceptActions] = oneOf(entry, "Action", refuse);
  const [resources, exceptResources] = oneOf(entry, "Resource", refuse);
  if (actions.length === 0) refuse("the statement has neither Action nor NotAction", kind === "trust" ? "harmless" : "invalid");
  if (kind === "identity" && resources.length === 0) refuse("the statement has neither Resource nor NotResource");
  const principals = readPrincipals(entry, refuse);
  if (kind === "identity" && principals) refuse("an identity policy takes no Principal");
  if (kind !== "identity" && !principals) refuse("the statement has neither Principal nor NotPrincipal");
  const { comparisons, problems } = readConditions(entry["Condition"]);
  for (const { message, unresolved } of problems) refuse(message, unresolved ? "unreadable" : "invalid");
  // a Deny that cannot be read denies nothing; an Allow that cannot be read allows what can be read of it
  if (effect === "Deny" && problems.length > 0) return undefined;
  const rest = { label, exceptActions, exceptResources, principals, conditions: comparisons };
  return { ...rest, effect: effect === "Deny" ? "Deny" : "Allow", actions, resources };
}

/** The strings of an element or of its `Not` form, and whether it was that. */
function oneOf(entry: Record<string, unknown>, name: string, refuse: Refuse): [string[], boolean] {
  const [plain, not] = [entry[name], entry[`Not${name}`]];
  if (plain !== undefined && not !== undefined) refuse(`${name} and Not${name} exclude each other`);
  return [strings(plain ?? not, name, refuse), plain === undefined && not !== undefined];
}

/** A string or a list of strings as a list; what is neither stands as a name nobody knows. */
function strings(raw: unknown, name: string, refuse: Refuse): string[] {
  if (raw === undefined) return [];
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length === 0) refuse(`${name} must be a string or a list of strings`);
  return list.map((value) => {
    if (typeof value === "string") return value.trim();
    refuse(`${name} must be a string or a list of strings`, isObject(value) ? "unreadable" : "invalid");
    return unresolved;
  });
}
