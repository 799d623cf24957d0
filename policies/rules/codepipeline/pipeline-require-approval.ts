import { items, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "codepipeline-pipeline-require-approval",
  topic: "supply chain",
  holds: "somebody says yes before a pipeline deploys",
  why: "Otherwise whoever may push a commit, or an artefact, deploys it.",
  fix: "put an action of category Approval before the first of category Deploy",
  source: "AWS Well-Architected SEC11-BP06; CIS Software Supply Chain Security 5.2",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  types: ["aws:codepipeline/pipeline:Pipeline"],
  *check({ props }) {
    const actions = items(props, "stages").flatMap((stage) =>
      items(stage, "actions")
        .toSorted((a, b) => order(a) - order(b))
        .map((action) => text(action, "category")),
    );
    const [deploy, approval] = [actions.indexOf("Deploy"), actions.indexOf("Approval")];
    if (deploy >= 0 && (approval < 0 || approval > deploy)) yield "it deploys without an approval";
  },
};

const order = (action: unknown) =>
  Number(text(action, "runOrder") ?? (action as { runOrder?: unknown } | null)?.runOrder ?? 1);
