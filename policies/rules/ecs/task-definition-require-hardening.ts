import { containerName, containersOf } from "../../facts/containers.ts";
import { flag, text } from "../../facts/reading.ts";
import { each } from "../../facts/unknown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ecs-task-definition-require-hardening",
  topic: "exposure",
  holds: "a container gets no more of its host than it needs",
  why: "Whoever breaks into a privileged or writable container, or one that shares the host's processes, owns the host or stays in it.",
  fix: "leave out privileged and host modes, set readonlyRootFilesystem and mount what must be written",
  source: "AWS Security Hub ECS.3, ECS.4, ECS.5, ECS.17; checkov CKV_AWS_334 to 336",
  severity: "high",
  level: "mandatory",
  types: ["aws:ecs/taskDefinition:TaskDefinition"],
  *check(resource) {
    for (const mode of ["networkMode", "pidMode", "ipcMode"]) {
      if (text(resource.props, mode) === "host") yield `${mode} is host`;
    }
    const containers = containersOf(resource);
    if (!containers) return yield "containerDefinitions is not a list of containers";
    yield* each(containers, function* (container) {
      if (flag(container, "privileged")) yield `${containerName(container)} is privileged`;
      if (!flag(container, "readonlyRootFilesystem"))
        yield `${containerName(container)} may write to its root file system`;
    });
  },
};
