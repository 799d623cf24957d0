import { pathOf } from "../../facts/parents.ts";
import { about } from "../../facts/subjects.ts";
import { targetsAmong } from "../../facts/targets.ts";
import { UnknownValue } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "component-contract",
  topic: "identity",
  holds: "a component's role gets its policies from that component alone",
  why: "Whoever reads or tests the component sees what its role may do; a policy attached from outside nobody sees there.",
  fix: "hand the permission to the component, which writes it into the role's policy",
  source: "the design of this project: a component says all that its roles may do",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const roles = targetsAmong(ofType(resources, "aws:iam/role:Role"));
    const parts = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
    yield* about(ofType(resources, ...parts), function* (part) {
      const role = roles.find(part.props["role"], part, "role");
      if (role === "unclear") throw new UnknownValue("role");
      if (!role?.parent) return;
      const owner = pathOf(role, resources)[0];
      if (owner && !pathOf(part, resources).includes(owner))
        yield `it adds to ${role.name}, which belongs to ${owner.name}`;
    });
  },
};
