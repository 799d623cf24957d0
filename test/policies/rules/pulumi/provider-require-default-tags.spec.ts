import { rule } from "../../../../policies/rules/pulumi/provider-require-default-tags.ts";
import { laws, resource } from "../../laws.ts";

const tags = { project: "slipway", stack: "dev", owner: "clinic", "managed-by": "pulumi" };
const provider = (props: object) => [resource("pulumi:providers:aws", { region: "eu-west-1", ...props })];

laws(rule, {
  violates: {
    "no tags": { of: provider({}), says: "tags are missing: project, stack, owner, managed-by" },
    "one tag missing": {
      of: provider({ defaultTags: { tags: { project: "slipway", stack: "dev", "managed-by": "pulumi" } } }),
      says: "missing: owner",
    },
  },
  passes: {
    "all tags": { of: provider({ defaultTags: { tags } }) },
    "all tags, as they travel": { of: provider({ defaultTags: JSON.stringify({ tags }) }) },
    "the tags a stack asks for": {
      of: provider({ defaultTags: { tags: { team: "clinic" } } }),
      options: { keys: ["team"] },
    },
  },
});
