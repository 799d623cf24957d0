import { items, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { targetsAmong } from "../../facts/targets.ts";
import { isUnknown, UnknownValue } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-no-management-conflict",
  topic: "identity",
  holds: "a role's policies are managed in one place: on the role, or by resources of their own",
  why: "A list on the role is exclusive: each update takes away what the other resource attached, and the next one brings it back.",
  fix: "drop inlinePolicies and managedPolicyArns from the role, or the separate policies and attachments",
  source: "Pulumi AWS provider, aws.iam.Role; pulumi-policy-aws iam-role-no-policy-management-conflicts",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const roles = targetsAmong(ofType(resources, "aws:iam/role:Role"));
    yield* about(ofType(resources, ...kinds.map(({ type }) => type)), function* (one) {
      const { list, listed, own } = kinds.find(({ type }) => type === one.type)!;
      const role = roles.find(one.props["role"], one, "role");
      if (role === "unclear") throw new UnknownValue("role");
      // after a refresh the provider tells what it found attached: a list that has this one, too, takes nothing away
      if (!role || items(role.props, list).length === 0) return;
      const here = one.props[own];
      const known = items(role.props, list).map(listed);
      if (isUnknown(here) || known.some(isUnknown)) throw new UnknownValue(list);
      if (!known.includes(here)) yield `${list} of ${role.name} does not have it`;
    });
  },
};

const kinds: readonly { type: string; list: string; own: string; listed: (item: unknown) => unknown }[] = [
  { type: "aws:iam/rolePolicy:RolePolicy", list: "inlinePolicies", own: "name", listed: nameOf },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    list: "managedPolicyArns",
    own: "policyArn",
    listed: (item) => item,
  },
];

function nameOf(item: unknown): unknown {
  const name = (item as Resource["props"])["name"];
  return isUnknown(name) ? name : text(item, "name");
}
