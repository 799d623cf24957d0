import { effectOf } from "./comparisons.ts";
import { isTrue, negation, type Comparison } from "./condition.ts";
import type { Document, Statement } from "./document.ts";
import { keyFacts } from "./keys.ts";
import { isAccountId } from "./principal.ts";

/** How well conditions hold `Principal: *`, or a service, to callers that are known. */
export interface Pinned {
  /** Organisation, account, principal or source that is named without an open wildcard. */
  readonly by: "caller" | "source" | "network" | "address" | undefined;
  /** Accounts the conditions name. */
  readonly accounts: readonly string[];
  /** Whether a condition is there whose key is not modelled. */
  readonly unclear: boolean;
}

/** Judges the conditions of an Allow together with the Denies of its document that cover it. */
export function pinned(statement: Statement, document: Document): Pinned {
  const present = new Set<string>();
  const all = [...statement.conditions, ...document.statements.flatMap((one) => needs(one, statement))];
  for (const { type, key, values } of all) if (type === "null" && !values.some(isTrue)) present.add(key);
  const accounts: string[] = [];
  const by = new Set<Pinned["by"]>();
  let unclear = false;
  for (const comparison of all) {
    const { effect, facet } = effectOf(comparison);
    unclear ||= effect === "unknown";
    if (effect !== "narrows" || (comparison.quantifier === "all" && !present.has(comparison.key))) continue;
    const named = namedBy(comparison);
    if (named === undefined) continue;
    by.add(facet === "caller" || facet === "source" || facet === "network" ? facet : "address");
    accounts.push(...named);
  }
  const order = ["caller", "source", "network", "address"] as const;
  return { by: order.find((one) => by.has(one)), accounts, unclear };
}

/** What a Deny asks of everybody who still wants in: the opposite of its condition. */
function needs(deny: Statement, allow: Statement): Comparison[] {
  if (deny.effect !== "Deny" || deny.principals?.except || !deny.principals?.list.some(({ type }) => type === "Any"))
    return [];
  if (!coversActions(deny, allow)) return [];
  // "not of the organisation and not a service": whoever is left is one or the other
  const rest = deny.conditions.filter(({ key }) => key !== "aws:principalisawsservice" && key !== "aws:viaawsservice");
  const need = negation(rest);
  return need ? [need] : [];
}

function coversActions(deny: Statement, allow: Statement): boolean {
  if (deny.exceptActions) return false;
  const taken = new Set(deny.actions.map((action) => action.toLowerCase()));
  const service = (action: string) => `${action.slice(0, Math.max(0, action.indexOf(":")))}:*`;
  const every = allow.actions.map((action) => action.toLowerCase());
  return taken.has("*") || every.every((action) => taken.has(action) || taken.has(service(action)));
}

const arnKeys = new Set([
  "aws:principalarn",
  "aws:sourcearn",
  "s3:dataaccesspointarn",
  "ec2:sourceinstancearn",
  "lambda:sourcefunctionarn",
  "aws:sourcevpcarn",
]);
const accountKeys = new Set([
  "aws:principalaccount",
  "aws:sourceaccount",
  "aws:sourceowner",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "aws:vpceaccount",
]);

/** The accounts a comparison names, none when it names something else; undefined when it leaves the caller open. */
function namedBy({ key, values, type, comparison }: Comparison): string[] | undefined {
  const { facet } = keyFacts(key);
  if (type === "null") return undefined;
  if (key === "aws:sourceip" || key === "aws:vpcsourceip") return [];
  if (facet !== "caller" && facet !== "source" && facet !== "network") return undefined;
  if (key === "aws:username") return undefined;
  const like = comparison === "like";
  if (arnKeys.has(key)) return values.every((value) => arnNamed(value, like)) ? values.flatMap(accountIn) : undefined;
  if (accountKeys.has(key))
    return values.every((value) => !like || !/[*?]/.test(value)) ? values.filter(isAccountId) : undefined;
  return values.every((value) => !like || /^[^*?]{3}/.test(value)) ? [] : undefined;
}

/** Whether an ARN pattern stays in one account, or names a bucket or the like that is nobody else's. */
function arnNamed(value: string, like: boolean): boolean {
  if (!like || !/[*?]/.test(value)) return true;
  const [, , service = "", , account = "", ...rest] = value.split(":");
  if (account !== "") return !/[*?]/.test(account);
  return service !== "" && !/[*?]/.test(service) && /^\/?[^*?]{3}/.test(rest.join(":"));
}

function accountIn(arn: string): string[] {
  const account = arn.split(":")[4];
  return account !== undefined && isAccountId(account) ? [account] : [];
}
