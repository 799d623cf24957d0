import { holdersIn } from "../../facts/holders.ts";
import { isKnown, permissionsOf, sourceOf } from "../../facts/permissions.ts";
import { text } from "../../facts/reading.ts";
import { isUnknown, UnknownValue } from "../../facts/unknown.ts";
import { effectOf } from "../../iam/comparisons.ts";
import { intersect, members, union } from "../../iam/actions.ts";
import type { StackRule } from "../../rule.ts";
import { covers } from "../../waivers.ts";

export const rule: StackRule = {
  id: "iam-boundary-required",
  topic: "identity",
  holds: "whoever may make roles can make them only within a permissions boundary",
  why: "Who makes roles without a limit makes one with more rights than his own and uses it.",
  fix: "hold the statement to iam:PermissionsBoundary, and set permissionsBoundary on the role",
  source: "IAM user guide, delegating responsibility by permissions boundaries",
  severity: "high",
  level: "mandatory",
  options: {
    boundary: {
      type: "string",
      default: "",
      description:
        "ARN of the boundary that every role of the stack must carry, `*` for any characters; empty for none.",
    },
  },
  *checkStack(resources, options) {
    const wanted = text(options, "boundary") ?? "";
    const acts = union(making);
    for (const holder of holdersIn(resources)) {
      const { resource, documents, unknown, isPrincipal } = holder;
      const limit = resource.props["permissionsBoundary"];
      if (wanted !== "" && resource.type === "aws:iam/role:Role") {
        if (isUnknown(limit)) yield { unknown: new UnknownValue("permissionsBoundary"), resource };
        else if (typeof limit !== "string" || !covers(wanted, limit))
          yield { found: "it does not carry the boundary", resource };
      }
      for (const { statement, actions, conditions } of permissionsOf(holder).grants) {
        const made = members(intersect(actions, acts)).map(({ name }) => name);
        const held = conditions.some(
          (one) => one.key === "iam:permissionsboundary" && effectOf(one).effect === "narrows",
        );
        if (made.length === 0 || held) continue;
        const { from, statement: label } = sourceOf(statement.label, documents.filter(isKnown));
        const found = `statement ${label} allows ${made.join(", ")} without a boundary`;
        if (isPrincipal || unknown.length === 0) yield { found, resource: (from ?? holder).resource };
      }
      for (const { unknown, resource } of documents) if (unknown) yield { unknown, resource };
      yield* unknown;
    }
  },
};

const making = [
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
];
