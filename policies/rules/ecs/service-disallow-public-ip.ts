import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-service-disallow-public-ip",
  topic: "exposure",
  holds: "the tasks of a service have no public address",
  why: "A task with a public address can be reached past the load balancer, its TLS and its logs.",
  fix: "set networkConfiguration.assignPublicIp to false and give the tasks a way out by endpoints or NAT",
  source: "AWS Security Hub ECS.2; checkov CKV_AWS_333",
  severity: "high",
  level: "mandatory",
  types: ["aws:ecs/service:Service"],
  *check({ props }) {
    if (flag(props, "networkConfiguration.assignPublicIp")) yield "assignPublicIp is true";
  },
};
