import { anyArn } from "../data/condition-keys.ts";
import { deputyOf } from "../data/service-principals.ts";
import type { Comparison } from "./condition.ts";
import { keyFacts } from "./keys.ts";
import { bared, leftOpen } from "./nameless.ts";
import { isAccountId } from "./principal.ts";

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
export function namedBy({ key, values, type, comparison }: Comparison): string[] | undefined {
  const { facet } = keyFacts(key);
  if (type === "null") return undefined;
  if (key === "aws:sourceip") return [];
  if (facet !== "caller" && facet !== "source" && facet !== "network") return undefined;
  if (key === "aws:username" || values.some((value) => isCallers(value))) return undefined;
  const like = comparison === "like";
  if (arnKeys.has(key)) return values.every((value) => arnNamed(value, like)) ? values.flatMap(accountIn) : undefined;
  if (accountKeys.has(key))
    return values.every((value) => !like || !/[*?]/.test(value)) ? values.filter(isAccountId) : undefined;
  // a service that acts for many customers is no caller: it says for whom by another key
  if (key.startsWith("aws:principalservicename"))
    return values.every((value) => !/[*?]/.test(value) && deputyOf(value) !== "required") ? [] : undefined;
  return values.every((value) => !like || /^[^*?]{3}/.test(value.replace(kindOfId, ""))) ? [] : undefined;
}

/** Whether a value is what the caller, or whoever it acts for, fills in: that names whoever calls. */
const isCallers = (value: string): boolean =>
  /\$\{\s*(aws:(principal|source|userid|username|vpce)|kms:caller)/i.test(value);

/** Beginnings that AWS gives to every id of a kind: endpoints, networks, organisations and their units, roles and users. */
const kindOfId = /^(vpce-|vpc-|o-|r-|ou-|AROA|AIDA|ASIA)/;

/** Whether an ARN pattern stays in one account, or names a bucket or the like that is nobody else's. */
export function arnNamed(value: string, like: boolean): boolean {
  if (isCallers(value)) return false;
  if (!like || !/[*?]/.test(value)) return true;
  const [, , service = "", , account = "", ...rest] = value.split(":");
  if (account !== "") return !/[*?]/.test(account);
  if (service === "" || /[*?]/.test(service)) return false;
  // anybody may make a bucket whose name begins alike
  if (service === "s3") return !/[*?]/.test(rest.join(":").split("/")[0] ?? "");
  const bare = bared(value);
  return /^\/?[^*?]{3}/.test(rest.join(":")) && !(bare && anyArn.some((form) => leftOpen(bare, form)));
}

function accountIn(arn: string): string[] {
  const account = arn.split(":")[4];
  return account !== undefined && isAccountId(account) ? [account] : [];
}
