import { holds, type Context } from "./conditions.ts";
import { like, pieces } from "./matching.ts";

/** One statement as it stands in a document. */
export interface Written {
  readonly Effect: string;
  readonly Principal?: Readonly<Record<string, readonly string[]>> | "*";
  readonly NotPrincipal?: Readonly<Record<string, readonly string[]>>;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The statements of a principal or a resource, and those of the boundary of a principal. */
export interface Holding {
  readonly statements: readonly Written[];
  readonly boundary?: readonly Written[];
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** `<type> <value>`; undefined for identity policies. */
  readonly principal?: string;
  readonly context: Context;
}

/**
 * The decision of AWS for one request, straight from its documentation of policy evaluation: a Deny that applies, else an Allow that
 * applies, in the policies and in the boundary.
 */
export function allowed({ statements, boundary }: Holding, request: Request): boolean {
  const about = (list: readonly Written[], effect: string) =>
    list.some((one) => one.Effect === effect && applies(one, request));
  if (about([...statements, ...(boundary ?? [])], "Deny")) return false;
  return about(statements, "Allow") && (boundary === undefined || about(boundary, "Allow"));
}

const applies = (one: Written, { action, resource, principal, context }: Request): boolean =>
  conditional(one, context) && isAbout(one, action) && isOn(one, resource, context) && isFor(one, principal);

/** Whether all conditions of a statement hold. */
export const conditional = ({ Condition = {} }: Written, context: Context): boolean =>
  Object.entries(Condition).every(([operator, pairs]) =>
    Object.entries(pairs).every(([key, values]) => holds(operator, key.toLowerCase(), values, context)),
  );

/** Whether a statement is about an action; names of actions have no case and no variables. */
export function isAbout({ Action, NotAction = [] }: Written, action: string): boolean {
  const named = (list: readonly string[]) =>
    list.some((text) => like([...text.toLowerCase()].map(plainPiece), action.toLowerCase()));
  return Action ? named(Action) : !named(NotAction);
}

const plainPiece = (char: string) => (char === "*" || char === "?" ? char : `=${char}`);

/** Whether a statement is about a resource. A variable without a value matches nothing. */
export function isOn({ Resource, NotResource }: Written, resource: string, context: Context): boolean {
  const named = (list: readonly string[]) =>
    list.some((text) => {
      const read = pieces(text, context);
      return read !== undefined && like(read, resource);
    });
  return Resource ? named(Resource) : NotResource ? !named(NotResource) : true;
}

/** Whether a statement is about a principal. A Deny for an account is one for everybody in it; an Allow leaves it to the account. */
export function isFor({ Effect, Principal, NotPrincipal }: Written, principal: string | undefined): boolean {
  if (principal === undefined) return true;
  if (Principal === "*") return true;
  const [type, value = ""] = principal.split(" ");
  const named = (lists: Readonly<Record<string, readonly string[]>>, within: boolean) =>
    (lists["AWS"] ?? []).includes("*") ||
    (lists[type as string] ?? []).some(
      (one) => rooted(one) === rooted(value) || (within && rooted(one) === accountOf(value)),
    );
  return Principal ? named(Principal, Effect === "Deny") : !named(NotPrincipal ?? {}, false);
}

/** An account's number means its root. */
const rooted = (text: string) => (text.length === 12 ? `arn:aws:iam::${text}:root` : text);
const accountOf = (text: string) => `arn:aws:iam::${text.split(":")[4]}:root`;
