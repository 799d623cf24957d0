import { ofType, type Resource } from "../resource.ts";
import { membershipsIn } from "./memberships.ts";
import { documentsOf, type PolicyDocument } from "./policy-documents.ts";
import { targetsAmong } from "./targets.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";

/** A permissions boundary: a policy of the stack, or one that cannot be read here. */
export type Boundary = { readonly policy: PolicyDocument } | { readonly outside: string };

/** Whoever holds permissions: a role, user or group of the stack with all its policies; a user also with those of its groups. */
export interface Holder {
  /** The principal; for a policy that nobody in the stack holds, the policy itself. */
  readonly resource: Resource;
  readonly isPrincipal: boolean;
  readonly documents: readonly PolicyDocument[];
  /** ARNs of attached policies that are not of this stack, and the resource that attaches each. */
  readonly managed: readonly { readonly arn: string; readonly by: Resource }[];
  readonly boundary?: Boundary;
  /** What is not known of whom a policy belongs to, or which policy is attached. */
  readonly unknown: readonly { readonly unknown: UnknownValue; readonly resource: Resource }[];
}

const principalTypes = ["aws:iam/role:Role", "aws:iam/user:User", "aws:iam/group:Group"];
const ownPolicies = [
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];
const attachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
];
const holderInputs = ["role", "user", "group", "roleName", "userName", "groupName", "roles", "users", "groups"];

interface Draft {
  resource: Resource;
  isPrincipal: boolean;
  documents: PolicyDocument[];
  managed: { arn: string; by: Resource }[];
  boundary?: Boundary;
  unknown: { unknown: UnknownValue; resource: Resource }[];
}

/** All holders of a stack. A policy whose holder is not known yet, or not of the stack, stands by itself. */
export function holdersIn(resources: readonly Resource[]): readonly Holder[] {
  let found = known.get(resources);
  if (!found) known.set(resources, (found = gathered(resources)));
  return found;
}

/** One list of resources is asked by many rules. */
const known = new WeakMap<readonly Resource[], readonly Holder[]>();

function gathered(resources: readonly Resource[]): Holder[] {
  const policies = ofType(resources, "aws:iam/policy:Policy");
  const principals = ofType(resources, ...principalTypes).map((resource) => draft(resource, true));
  const byResource = new Map(principals.map((one) => [one.resource, one]));
  const [people, documents] = [targetsAmong(principals.map(({ resource }) => resource)), targetsAmong(policies)];
  const held = new Set<Resource>();
  const alone: Draft[] = [];

  const holdersOf = (from: Resource): { owners: Draft[]; unclear: string[] } => {
    const named = holderInputs.flatMap((input) => listed(from.props[input]).map((value) => ({ input, value })));
    const found = named.map(({ input, value }) => ({ input, owner: people.find(value, from, input) }));
    return {
      owners: found.flatMap(({ owner }) => (typeof owner === "object" ? [byResource.get(owner) as Draft] : [])),
      unclear: found.flatMap(({ input, owner }) => (owner === "unclear" ? [input] : [])),
    };
  };
  const policyAt = (arn: unknown, from: Resource, input: string) => {
    const found = documents.find(arn, from, input);
    return typeof found === "object" ? found : undefined;
  };
  const attach = (to: Draft, arn: unknown, by: Resource, input: string) => {
    const policy = policyAt(arn, by, input);
    if (policy) {
      held.add(policy);
      to.documents.push(...identityOf(policy));
    } else if (isUnknown(arn)) to.unknown.push({ unknown: new UnknownValue(input), resource: by });
    else if (typeof arn === "string") to.managed.push({ arn, by });
  };

  for (const principal of principals) {
    const { props } = principal.resource;
    principal.documents.push(...identityOf(principal.resource));
    for (const arn of listed(props["managedPolicyArns"]))
      attach(principal, arn, principal.resource, "managedPolicyArns");
    const limit = props["permissionsBoundary"];
    if (limit !== undefined && limit !== null && limit !== "")
      principal.boundary = boundaryAt(limit, principal.resource);
  }
  for (const policy of ofType(resources, ...ownPolicies)) {
    const { owners, unclear } = holdersOf(policy);
    for (const owner of owners) owner.documents.push(...identityOf(policy));
    if (owners.length === 0) alone.push(draft(policy, false, identityOf(policy), unclear));
  }
  for (const attachment of ofType(resources, ...attachments)) {
    const { owners, unclear } = holdersOf(attachment);
    const stray = draft(attachment, false, [], unclear);
    if (unclear.length > 0) alone.push(stray);
    for (const owner of unclear.length > 0 ? [...owners, stray] : owners) {
      for (const input of ["policyArn", "policyArns"]) {
        for (const arn of listed(attachment.props[input])) attach(owner, arn, attachment, input);
      }
    }
  }
  for (const { user, group, by } of membershipsIn(resources)) {
    const [member, of] = [user, group].map((one) => (one === "unclear" ? undefined : byResource.get(one)));
    if (!member) alone.push(draft(by, false, [], ["user"]));
    else if (!of) member.unknown.push({ unknown: new UnknownValue("group"), resource: by });
    else {
      member.documents.push(...of.documents);
      member.managed.push(...of.managed);
      member.unknown.push(...of.unknown);
    }
  }
  const loose = [...policies.filter((policy) => !held.has(policy)), ...ofType(resources, permissionSet)];
  return [...principals, ...alone, ...loose.map((policy) => draft(policy, false, identityOf(policy)))];

  function boundaryAt(arn: unknown, from: Resource): Boundary {
    const policy = policyAt(arn, from, "permissionsBoundary");
    const [document] = policy ? identityOf(policy) : [];
    if (policy) held.add(policy);
    if (document && document.unknown === undefined) return { policy: document };
    return { outside: isUnknown(arn) || document ? "not known before the update" : "not of this stack" };
  }
}

const permissionSet = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const draft = (
  resource: Resource,
  isPrincipal: boolean,
  documents: PolicyDocument[] = [],
  unclear: readonly string[] = [],
): Draft => ({
  ...{ resource, isPrincipal, documents, managed: [] },
  unknown: unclear.map((input) => ({ unknown: new UnknownValue(input), resource })),
});
const identityOf = (resource: Resource) => documentsOf(resource).filter(({ kind }) => kind === "identity");
const listed = (raw: unknown): readonly unknown[] =>
  raw === undefined || raw === null ? [] : Array.isArray(raw) ? raw : [raw];
