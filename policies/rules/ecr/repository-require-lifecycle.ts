import { pointsTo } from "../../facts/links.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "ecr-repository-require-lifecycle",
  topic: "cost",
  holds: "a registry lets go of images nobody can roll back to",
  why: "Every push stays for ever otherwise, at a price per gigabyte and with holes nobody will mend.",
  fix: "give the repository a lifecycle policy",
  source: "AWS Security Hub ECR.3",
  severity: "low",
  level: "advisory",
  *checkStack(resources) {
    const policies = ofType(resources, "aws:ecr/lifecyclePolicy:LifecyclePolicy");
    yield* about(ofType(resources, "aws:ecr/repository:Repository"), function* (repository) {
      if (!any(policies, (policy) => pointsTo(policy, "repository", repository))) yield "it has no lifecycle policy";
    });
  },
};
