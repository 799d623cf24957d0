import { items } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-service-require-two-zones",
  topic: "availability",
  holds: "a service may run in two availability zones at least",
  why: "When a zone fails, a service in one zone is down until somebody moves it.",
  fix: "give networkConfiguration.subnets one subnet of each of two zones",
  source: "AWS Well-Architected REL10-BP01",
  severity: "medium",
  level: { dev: "advisory", prod: "mandatory" },
  types: ["aws:ecs/service:Service"],
  *check({ props }) {
    const subnets = items(props, "networkConfiguration.subnets").length; // their number is known before their ids are
    if (subnets < 2) yield `networkConfiguration has ${subnets} subnets`;
  },
};
