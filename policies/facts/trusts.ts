import { catalogue } from "../data/catalogue.ts";
import { has, union } from "../iam/actions.ts";
import type { Comparison } from "../iam/condition.ts";
import { readDocument, type Statement } from "../iam/document.ts";
import { matches, readGlob } from "../iam/glob.ts";
import type { Resource } from "../resource.ts";
import { documentsOf } from "./policy-documents.ts";
import { UnknownValue } from "./unknown.ts";

/** The services that a role's trust allows, without their region and domain. Throws UnknownValue when it is not known. */
export function trustedServices(role: Resource): string[] {
  const [trust] = documentsOf(role).filter(({ kind }) => kind === "trust");
  if (trust?.unknown) throw new UnknownValue(trust.path);
  return principalsOf(trust?.policy)
    .filter(({ type }) => type === "Service")
    .map(({ value }) => serviceOf(value));
}

/** Whether somebody other than a service may assume the role: an account, a user, or who a provider vouches for. */
export function trustsOthers(role: Resource): boolean {
  const [trust] = documentsOf(role).filter(({ kind }) => kind === "trust");
  if (trust?.unknown) throw new UnknownValue(trust.path);
  return principalsOf(trust?.policy).some(({ type }) => type !== "Service");
}

const principalsOf = (policy: unknown) =>
  readDocument(policy, "trust")
    .statements.filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals }) => principals?.list ?? []);

/** The statements of a role's trust, as far as it is known. */
export function trustOf(role: Resource): readonly Statement[] {
  const [trust] = documentsOf(role).filter(({ kind }) => kind === "trust");
  return trust?.policy === undefined ? [] : readDocument(trust.policy, "trust").statements;
}

/**
 * How a trust lets a role in: `named` when it says so itself, `account` when it leaves that to the policies of its account;
 * undefined when it does not, or a Deny keeps the role out. Of the conditions only those on the caller's ARN are asked.
 */
export function entryOf(trust: readonly Statement[], arn: string, account: string): "named" | "account" | undefined {
  const assumes = catalogue.find("sts:AssumeRole")?.id;
  const about = trust.filter(
    ({ actions, exceptActions }) => assumes !== undefined && has(union(actions), assumes) !== exceptActions,
  );
  const entries = (effect: Statement["effect"]) =>
    about
      .filter((one) => one.effect === effect && (effect === "Deny" ? one.conditions.length === 0 : true))
      .filter(({ conditions }) => conditions.every((one) => admits(one, arn)))
      .flatMap(({ principals }) => (principals ? (callersOf(principals, arn, account) ?? []) : []));
  const [refused, found] = [entries("Deny"), entries("Allow")];
  return refused.length > 0 ? undefined : found.includes("named") ? "named" : found[0];
}

function callersOf({ list, except }: NonNullable<Statement["principals"]>, arn: string, account: string) {
  const session = `:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/`;
  const named = list.some(
    ({ type, value }) =>
      type === "Any" || (type === "AWS" && (value.includes(session) || matches(readGlob(value), arn))),
  );
  const asAccount = list.some(
    ({ type, value }) => type === "AWS" && (value === account || value.endsWith(`::${account}:root`)),
  );
  if (except) return named ? undefined : "named";
  return named ? "named" : asAccount ? "account" : undefined;
}

/** Whether a condition on the caller's ARN can hold for a role; others may hold for anybody. */
const admits = ({ key, type, negated, values }: Comparison, arn: string): boolean =>
  key.toLowerCase() !== "aws:principalarn" ||
  type === "null" ||
  values.some((value) => matches(readGlob(value), arn)) !== negated;

/** Whether anybody may become a role as a guest of a Cognito identity pool. */
export function letsGuestsIn(role: Resource): boolean {
  return trustOf(role).some(
    ({ effect, principals, conditions }) =>
      effect === "Allow" &&
      principals?.list.some(({ type, value }) => type === "Federated" && value === guests) &&
      conditions.every(
        ({ key, type, negated, values }) =>
          key.toLowerCase() !== `${guests}:amr` ||
          type === "null" ||
          values.some((value) => matches(readGlob(value), "unauthenticated")) !== negated,
      ),
  );
}

const guests = "cognito-identity.amazonaws.com";

/** `logs.eu-west-1.amazonaws.com` and `logs.amazonaws.com` are one service. */
export const serviceOf = (principal: string): string =>
  principal
    .toLowerCase()
    .replace(/\.amazonaws\.com(\.cn)?$/, "")
    .replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, "");
