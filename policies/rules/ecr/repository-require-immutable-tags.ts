import { items, text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecr-repository-require-immutable-tags",
  topic: "supply chain",
  holds: "a tag in the registry keeps the image it was given",
  why: "Whoever may push could otherwise put another image under a tag that was reviewed and scanned.",
  fix: "set imageTagMutability to IMMUTABLE, or to IMMUTABLE_WITH_EXCLUSION with narrow exclusions",
  source: "AWS Security Hub ECR.2",
  severity: "high",
  level: "mandatory",
  types: ["aws:ecr/repository:Repository"],
  *check({ props }) {
    const mutability = text(props, "imageTagMutability");
    if (mutability === "IMMUTABLE") return;
    if (mutability !== "IMMUTABLE_WITH_EXCLUSION") return yield `imageTagMutability is ${shown(mutability)}`;
    const wide = items(props, "imageTagMutabilityExclusionFilters").map((filter) => text(filter, "filter") ?? "");
    if (wide.some((filter) => /^[*?]*$/.test(filter))) yield "an exclusion covers every tag";
  },
};
