import { amount, flag, items, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-service-require-rollback",
  topic: "availability",
  holds: "a deployment that does not become healthy is taken back, and never leaves the service without tasks",
  why: "Without it ECS goes on starting and stopping a broken version for ever, with the old one already gone.",
  fix: "switch on the circuit breaker or alarms with rollback, and keep deploymentMinimumHealthyPercent at 50 or more",
  source: "Amazon ECS developer guide, deployment failure detection",
  severity: "medium",
  level: "mandatory",
  types: ["aws:ecs/service:Service"],
  *check({ props }) {
    if (text(props, "deploymentController.type") === "EXTERNAL") return; // somebody else deploys
    const breaker = flag(props, "deploymentCircuitBreaker.enable") && flag(props, "deploymentCircuitBreaker.rollback");
    const alarms =
      flag(props, "alarms.enable") && flag(props, "alarms.rollback") && items(props, "alarms.alarmNames").length > 0;
    if (!breaker && !alarms) yield "nothing takes a failed deployment back";
    const healthy = amount(props, "deploymentMinimumHealthyPercent") ?? 100;
    if (healthy < 50) yield `deploymentMinimumHealthyPercent is ${healthy}`;
  },
};
