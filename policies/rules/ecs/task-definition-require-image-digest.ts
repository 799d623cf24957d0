import { containerName, containersOf, isPinned } from "../../facts/containers.ts";
import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-task-definition-require-image-digest",
  topic: "supply chain",
  holds: "a container runs an image named by its digest",
  why: "A tag may be moved to another image: two tasks of one revision then run different code.",
  fix: "pin the image by digest, <repository>@sha256:<64 hexadecimal digits>",
  source: "SLSA 1.0, provenance by digest; Amazon ECS best practices, container images",
  severity: "high",
  level: "mandatory",
  types: ["aws:ecs/taskDefinition:TaskDefinition"],
  *check(resource) {
    const containers = containersOf(resource);
    if (!containers) return yield "containerDefinitions is not a list of containers";
    yield* each(containers, function* (container) {
      const image = text(container, "image");
      if (image === undefined || !isPinned(image)) yield `the image of ${containerName(container)} is ${shown(image)}`;
    });
  },
};
