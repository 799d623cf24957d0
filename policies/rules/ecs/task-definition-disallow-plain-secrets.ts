import { containersOf } from "../../facts/containers.ts";
import { items, read, text } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-task-definition-disallow-plain-secrets",
  topic: "exposure",
  holds: "the environment of a container holds no secret",
  why: "Everybody who may describe task definitions reads it, in every revision there ever was.",
  fix: "name the secret's ARN under secrets instead of environment",
  source: "AWS Security Hub ECS.8",
  severity: "critical",
  level: "mandatory",
  types: ["aws:ecs/taskDefinition:TaskDefinition"],
  *check(resource) {
    yield* each(containersOf(resource) ?? [], function* (container) {
      const named = items(container, "environment").map(
        (pair) => [text(pair, "name") ?? "", read(pair, "value")] as const,
      );
      yield* plainSecrets(named, "environment variable");
    });
  },
};
