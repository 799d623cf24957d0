import { rule } from "../../../../policies/rules/ecr/repository-require-immutable-tags.ts";
import { laws, resource } from "../../laws.ts";

const repository = (props: object) => [
  resource("aws:ecr/repository:Repository", { name: "slipway-dev-app", ...props }),
];
const except = (filter: string) =>
  repository({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filter, filterType: "WILDCARD" }],
  });

laws(rule, {
  violates: {
    "no word about it": { of: repository({}), says: "imageTagMutability is not set" },
    "tags that move": { of: repository({ imageTagMutability: "MUTABLE" }), says: 'imageTagMutability is "MUTABLE"' },
    "an exclusion of everything": { of: except("*"), says: 'tags "*" may move' },
    "an exclusion of most tags": { of: except("v*"), says: 'tags "v*" may move' },
    "the cache's own where an option leaves it out": {
      of: except("cache-*"),
      options: { moving: [] },
      says: 'tags "cache-*" may move',
    },
  },
  passes: {
    "tags that stay": { of: repository({ imageTagMutability: "IMMUTABLE" }) },
    "an exclusion for the build cache": { of: except("cache-*") },
    "an exclusion for tags that name what was built": { of: except("context-*") },
    "another one that an option names": { of: except("branch-*"), options: { moving: ["branch-*"] } },
  },
});
