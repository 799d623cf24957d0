import { rule } from "../../../../policies/rules/ecr/repository-require-lifecycle.ts";
import { laws, resource } from "../../laws.ts";

const repository = resource("aws:ecr/repository:Repository", { name: "slipway-dev-app" });
const policy = (repository: string) =>
  resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", { repository, policy: "{}" }, { name: "policy" });

laws(rule, {
  violates: {
    "no lifecycle": { of: [repository], says: "no lifecycle policy" },
    "the lifecycle of another repository": {
      of: [repository, policy("slipway-dev-cache")],
      says: "no lifecycle policy",
    },
  },
  passes: { "a lifecycle": { of: [repository, policy("slipway-dev-app")] } },
});
