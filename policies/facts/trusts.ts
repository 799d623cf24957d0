import { readDocument } from "../iam/document.ts";
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

/** `logs.eu-west-1.amazonaws.com` and `logs.amazonaws.com` are one service. */
export const serviceOf = (principal: string): string =>
  principal
    .toLowerCase()
    .replace(/\.amazonaws\.com(\.cn)?$/, "")
    .replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, "");
