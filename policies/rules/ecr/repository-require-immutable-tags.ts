import { items, text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecr-repository-require-immutable-tags",
  topic: "supply chain",
  holds: "a tag in the registry keeps the image it was given, but for tags that nothing runs by",
  why: "Whoever may push could otherwise put another image under a tag that was reviewed and scanned.",
  fix: "set imageTagMutability to IMMUTABLE, or exclude only tags that the rule's option names",
  source: "AWS Security Hub ECR.2",
  severity: "high",
  level: "mandatory",
  options: {
    moving: {
      type: "array",
      items: { type: "string" },
      default: ["cache-*", "context-*"],
      description:
        "Exclusions that may be. The build cache moves by its nature; a build names its image by what went into it, and whoever runs it goes by digest.",
    },
  },
  types: ["aws:ecr/repository:Repository"],
  *check({ props }, options) {
    const mutability = text(props, "imageTagMutability");
    if (mutability === "IMMUTABLE") return;
    if (mutability !== "IMMUTABLE_WITH_EXCLUSION") return yield `imageTagMutability is ${shown(mutability)}`;
    const moving = texts(options, "moving");
    for (const exclusion of items(props, "imageTagMutabilityExclusionFilters")) {
      const filter = text(exclusion, "filter") ?? "";
      if (!moving.includes(filter)) yield `tags ${shown(filter)} may move`;
    }
  },
};
