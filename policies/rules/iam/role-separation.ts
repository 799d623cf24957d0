import { roleUses } from "../../facts/role-uses.ts";
import type { Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-role-separation",
  topic: "identity",
  holds: "each function and service runs as a role of its own, and a task's code never as the role that starts it",
  why: "A shared role holds the sum of what all its users need, and what one of them leaks, all have lost.",
  fix: "make one role for each function, and two for a task: one that starts it and one for its code",
  source: "AWS Well-Architected SEC03-BP02; checkov CKV_AWS_249",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const first = new Map<Resource, { by: Resource; path: string }>();
    for (const { by, path, role, unknown } of roleUses(resources)) {
      if (!runs.has(by.type)) continue;
      if (unknown) yield { unknown, resource: by };
      if (!role) continue;
      const other = first.get(role);
      if (!other) first.set(role, { by, path });
      else if (other.by === by)
        yield { found: `${path} and ${other.path} are the same role, ${role.name}`, resource: by };
      // tasks may share the role that pulls their image
      else if (path !== "executionRoleArn" || other.path !== "executionRoleArn") {
        yield { found: `it runs as ${role.name}, as ${other.by.name} does`, resource: by };
      }
    }
  },
};

const runs = new Set(["aws:lambda/function:Function", "aws:ecs/taskDefinition:TaskDefinition"]);
