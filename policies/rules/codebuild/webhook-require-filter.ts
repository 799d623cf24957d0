import { items, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "codebuild-webhook-require-filter",
  topic: "supply chain",
  holds: "a webhook builds only named branches or named people's changes",
  why: "Without a filter a stranger's pull request runs in a build that holds the project's credentials.",
  fix: "give every filterGroup a HEAD_REF, BASE_REF or ACTOR_ACCOUNT_ID filter that is anchored and names something",
  source: "AWS CodeBuild user guide, webhook filters",
  severity: "high",
  level: "mandatory",
  types: ["aws:codebuild/webhook:Webhook"],
  *check({ props }) {
    const groups = items(props, "filterGroups");
    if (groups.length === 0) yield "it has no filterGroups";
    for (const group of groups)
      if (!items(group, "filters").some(narrows)) yield "a filterGroup lets any change start a build";
  },
};

function narrows(filter: unknown): boolean {
  const kind = text(filter, "type") ?? "";
  const pattern = text(filter, "pattern") ?? "";
  return ["HEAD_REF", "BASE_REF", "ACTOR_ACCOUNT_ID"].includes(kind) && /^\^.*[A-Za-z0-9].*\$$/.test(pattern);
}
