import { clipped, isObject, unresolved } from "./condition.ts";
import type { Refuse } from "./document.ts";

/** Whom a trust or resource policy names. */
export interface Principal {
  readonly type: "AWS" | "Service" | "Federated" | "CanonicalUser" | "Any";
  readonly value: string;
}

export interface Principals {
  readonly list: readonly Principal[];
  /** Whether these are the ones left out (`NotPrincipal`). */
  readonly except: boolean;
}

const types = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

/** The principals of a statement; undefined when it has none. */
export function readPrincipals(entry: Record<string, unknown>, refuse: Refuse): Principals | undefined {
  const [plain, not] = [entry["Principal"], entry["NotPrincipal"]];
  if (plain === undefined && not === undefined) return undefined;
  if (plain !== undefined && not !== undefined) refuse("Principal and NotPrincipal exclude each other");
  const raw = plain ?? not;
  const except = plain === undefined;
  if (typeof raw === "string" || Array.isArray(raw)) {
    const names = (Array.isArray(raw) ? raw : [raw]).map((value) =>
      typeof value === "string" ? value.trim() : unresolved,
    );
    if (raw !== "*") refuse(`Principal must be "*" or an object, got ${clipped(raw)}`, "harmless");
    return { list: names.map((value) => ({ type: value === "*" ? ("Any" as const) : typeOf(value), value })), except };
  }
  if (!isObject(raw)) {
    refuse("Principal must be an object");
    return { list: [], except };
  }
  const list: Principal[] = [];
  for (const [name, values] of Object.entries(raw)) {
    const type = types.find((known) => known.toLowerCase() === name.toLowerCase());
    if (type === undefined) refuse(`the principal type ${clipped(name)} does not exist`);
    for (const value of Array.isArray(values) ? values : [values]) {
      if (typeof value !== "string") refuse("a principal is no string", isObject(value) ? "unreadable" : "invalid");
      const text = typeof value === "string" ? value.trim() : unresolved;
      list.push(text === "*" && type === "AWS" ? { type: "Any", value: text } : { type: type ?? "AWS", value: text });
    }
  }
  if (list.length === 0) refuse("Principal names nobody");
  return { list, except };
}

const typeOf = (value: string) => (value.includes(".amazonaws.com") ? "Service" : "AWS");

/** Whether a statement is about whoever asks: identity policies name nobody. */
export const isForAll = (principals: Principals | undefined): boolean =>
  principals === undefined || (!principals.except && hasAny(principals));

const hasAny = ({ list }: Principals): boolean => list.some(({ type }) => type === "Any");

/** Whether a principal is everybody, or an AWS principal by pattern: conditions must say who is meant. */
export const isOpen = ({ type, value }: Principal): boolean => type === "Any" || (type === "AWS" && /[*?]/.test(value));

/** The account of a principal: an account id, or the account in an ARN; undefined when it has none. */
export function accountOf(value: string): string | undefined {
  const account = value.startsWith("arn:") ? value.split(":")[4] : value;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

export const isAccountId = (text: string): boolean =>
  text.length === 12 && [...text].every((char) => char >= "0" && char <= "9");

/** Whether a principal stands for every identity of an account: its root user, or its bare number. */
export const isAccount = (value: string): boolean =>
  isAccountId(value) || (value.startsWith("arn:") && value.endsWith(":root"));
