import { entries, json, texts } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "pulumi-provider-require-default-tags",
  topic: "cost",
  holds: "everything the AWS provider makes says whose it is",
  why: "Nobody dares to delete, and nobody can bill, what carries no name.",
  fix: "add them to defaultTags of the provider",
  source: "AWS Well-Architected COST02-BP01",
  severity: "low",
  level: { dev: "advisory", prod: "mandatory" },
  options: {
    keys: {
      type: "array",
      items: { type: "string" },
      default: ["project", "stack", "owner", "managed-by"],
      description: "Tags every resource carries.",
    },
  },
  types: ["pulumi:providers:aws"],
  *check({ props }, options) {
    // A provider's own settings travel as JSON texts.
    const tags = entries(json(json(props, "defaultTags"), "tags")).map(([key]) => key);
    const missing = texts(options, "keys").filter((key) => !tags.includes(key));
    if (missing.length > 0) yield `tags are missing: ${missing.join(", ")}`;
  },
};
