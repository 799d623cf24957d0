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

/** Limits far above AWS's own: its longest document has 32,768 characters. What is beyond them is not read. */
const limits = { statements: 350, names: 1500, characters: 120_000, places: 40, servicePatterns: 60 };
const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const statementFields = new Set(elements);

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
  if (list.length === 0) {
    const more = raw === undefined && Object.keys(found).some((name) => name !== "Version" && name !== "Id");
    note(more ? "invalid" : "harmless", "", "the policy has no Statement");
  }
  const version = found["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    note("harmless", "", `the Version ${clipped(version)} does not exist`);
  }
  const seen = { statements: 0, names: 0, characters: 0, places: 0, servicePatterns: 0 };
  for (const [place, entry] of list.entries()) {
    seen.statements += 1;
    const statement = seen.statements <= limits.statements ? readStatement(entry, place, kind, note) : undefined;
    if (statement) measure(statement, seen);
    const beyond = (Object.keys(limits) as (keyof typeof limits)[]).find((name) => seen[name] > limits[name]);
    if (beyond !== undefined) {
      note("unreadable", statement?.label ?? "", `the policy has more than ${limits[beyond]} ${beyond}: split it`);
      break;
    }
    if (statement) statements.push(statement);
  }
  return { statements, flaws, variables: version === "2012-10-17" };
}

/** Notes what is wrong with a statement. */
export type Refuse = (message: string, severity?: Flaw["severity"]) => void;

/** Adds what a statement costs to judge. */
function measure({ actions, resources }: Statement, seen: typeof limits): void {
  seen.names += actions.length + resources.length;
  for (const text of [...actions, ...resources]) seen.characters += text.length;
  seen.places =
    resources.length > limits.places
      ? new Set(resources.map((text) => text.split(":", 5).slice(3).join(":"))).size
      : resources.length;
  seen.servicePatterns += actions.filter((text) => text !== "*" && /^[^:]*[*?]/.test(text)).length;
}

type Note = (severity: Flaw["severity"], statement: string, message: string) => void;

/** IAM answers with documents in percent-encoding. */
function readText(text: string, note: Note): unknown {
  try {
    const { value, duplicates } = parseJson(/^\s*%7b/i.test(text) ? decodeURIComponent(text) : text);
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
  for (const field of Object.keys(entry))
    if (!statementFields.has(field)) refuse(`the element ${clipped(field)} does not exist`);
  const effect = entry["Effect"];
  if (effect !== "Allow" && effect !== "Deny") refuse(`Effect must be Allow or Deny, got ${clipped(effect)}`);
  const [actions, exceptActions] = oneOf(entry, "Action", refuse);
  const [resources, exceptResources] = oneOf(entry, "Resource", refuse);
  const lacking = missing(kind, actions, resources);
  if (lacking !== undefined) {
    const severity = effect === "Deny" || kind === "trust" ? "harmless" : "invalid";
    refuse(`the statement has neither ${lacking} nor Not${lacking}`, severity);
  }
  const principals = readPrincipals(entry, refuse);
  if (kind === "identity" && principals) refuse("an identity policy takes no Principal");
  if (kind !== "identity" && !principals) refuse("the statement has neither Principal nor NotPrincipal");
  const { comparisons, problems } = readConditions(entry["Condition"]);
  for (const { message, unresolved } of problems) refuse(message, unresolved ? "unreadable" : "invalid");
  // a Deny that cannot be read denies nothing; an Allow that cannot be read allows what can be read of it
  if (effect === "Deny" && (problems.length > 0 || lacking !== undefined)) return undefined;
  const rest = { label, exceptActions, exceptResources, principals, conditions: comparisons };
  return { ...rest, effect: effect === "Deny" ? "Deny" : "Allow", actions, resources };
}

/** The element a statement cannot do without and has not. */
function missing(kind: Kind, actions: readonly string[], resources: readonly string[]): string | undefined {
  if (actions.length === 0) return "Action";
  return kind === "identity" && resources.length === 0 ? "Resource" : undefined;
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
