import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecr-repository-require-scanning",
  topic: "supply chain",
  holds: "the registry looks for known vulnerabilities in every image pushed",
  why: "An image is as old as its base; without a scan nobody learns of a published hole in it.",
  fix: "set imageScanningConfiguration.scanOnPush to true",
  source: "AWS Security Hub ECR.1",
  severity: "medium",
  level: "mandatory",
  types: ["aws:ecr/repository:Repository"],
  *check({ props }) {
    if (!flag(props, "imageScanningConfiguration.scanOnPush")) yield "scanOnPush is not true";
  },
};
