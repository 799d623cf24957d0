import { items, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-cluster-require-insights",
  topic: "logging",
  holds: "a cluster measures its tasks",
  why: "Without Container Insights memory, restarts and network of single tasks leave no trace.",
  fix: "set the setting containerInsights to enabled or enhanced",
  source: "AWS Security Hub ECS.12",
  severity: "low",
  level: "advisory",
  types: ["aws:ecs/cluster:Cluster"],
  *check({ props }) {
    const on = items(props, "settings").some(
      (one) => text(one, "name") === "containerInsights" && ["enabled", "enhanced"].includes(text(one, "value") ?? ""),
    );
    if (!on) yield "containerInsights is off";
  },
};
