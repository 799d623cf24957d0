import { facesInternet } from "../../facts/internet-facing.ts";
import type { Holder } from "../../facts/holders.ts";
import { permissionsOf, unread } from "../../facts/permissions.ts";
import { roleGraph, type RoleGraph } from "../../facts/role-graph.ts";
import { letsGuestsIn } from "../../facts/trusts.ts";
import { UnknownValue } from "../../facts/unknown.ts";
import { expand, intersect } from "../../iam/actions.ts";
import type { Resource } from "../../resource.ts";
import type { Found, StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-stack-escalation-graph",
  topic: "identity",
  holds: "no path leads from what faces the internet to a role that manages permissions",
  why: "Each step may look fine by itself: the one that answers requests may pass a role to a build that may write policies.",
  fix: "cut one step of the path: the pass, the trust, or the right to change what runs as the next role",
  source: "nccgroup/PMapper, escalation paths, here over the planned stack",
  severity: "critical",
  level: "mandatory",
  *checkStack(resources) {
    const graph = roleGraph(resources);
    for (const { by, role, unknown } of graph.uses) {
      if (unknown) {
        yield { unknown, resource: by };
        continue;
      }
      const start = graph.roles.find(({ resource }) => resource === role);
      try {
        if (!start || !facesInternet(by, resources)) continue;
      } catch (error) {
        if (!(error instanceof UnknownValue)) throw error;
        yield { unknown: error, resource: by };
        continue;
      }
      yield* pathsFrom(start, by, `${by.name} runs as ${start.resource.name}`, graph);
    }
    for (const one of graph.roles) {
      if (letsGuestsIn(one.resource))
        yield* pathsFrom(one, one.resource, `any guest becomes ${one.resource.name}`, graph);
    }
    yield* graph.stray;
  },
};

/** The first path to each managing role, shortest first, and what keeps it from being followed further. */
function* pathsFrom(start: Holder, by: Resource, beginning: string, graph: RoleGraph): Generator<Found> {
  const seen = new Set<Holder>([start]);
  let edge: { role: Holder; path: string }[] = [{ role: start, path: beginning }];
  while (edge.length > 0) {
    const next: typeof edge = [];
    for (const { role, path } of edge) {
      const managed = manages(role);
      if (managed) {
        yield { found: `${path}, which may ${managed}`, resource: by };
        continue;
      }
      for (const { unknown, resource } of [...role.documents, ...role.unknown])
        if (unknown) yield { unknown, resource };
      for (const { arn } of unread(role))
        yield { undecided: `${path}, whose attached policy ${arn} is not of this stack`, resource: by };
      for (const { to, by: how } of graph.stepsFrom(role)) {
        if (seen.has(to)) continue;
        seen.add(to);
        next.push({ role: to, path: `${path}, which gets ${to.resource.name} by ${how}` });
      }
    }
    edge = next;
  }
}

/** An action by which a role changes who may do what; undefined when it has none. */
function manages(role: Holder): string | undefined {
  const { grants } = permissionsOf(role);
  return managing.find((one) => grants.some(({ actions }) => intersect(actions, expand(one)).length > 0));
}

const managing = [
  ...["PutRolePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion"],
  ...["PutUserPolicy", "AttachUserPolicy", "PutGroupPolicy", "AttachGroupPolicy", "AddUserToGroup"],
  ...["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"],
  ...["DeleteRolePermissionsBoundary", "PutRolePermissionsBoundary"],
  ...["DeleteUserPermissionsBoundary", "PutUserPermissionsBoundary"],
].map((name) => `iam:${name}`);
