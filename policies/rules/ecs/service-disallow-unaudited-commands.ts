import { pointsTo } from "../../facts/links.ts";
import { flag, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "ecs-service-disallow-unaudited-commands",
  topic: "logging",
  holds: "people run commands inside tasks only where each of them is recorded",
  why: "A shell in a task has the task's role and its data; without a record nobody can tell afterwards what was read or changed.",
  fix: "set logging OVERRIDE with a log group or a bucket in the cluster's executeCommandConfiguration, or leave enableExecuteCommand out",
  source: "Amazon ECS developer guide, logging and auditing using ECS Exec; checkov CKV_AWS_224",
  severity: "high",
  level: "mandatory",
  *checkStack(resources) {
    const clusters = ofType(resources, "aws:ecs/cluster:Cluster");
    yield* about(ofType(resources, "aws:ecs/service:Service"), function* (service) {
      if (!flag(service.props, "enableExecuteCommand")) return;
      if (!any(clusters, (cluster) => pointsTo(service, "cluster", cluster) && records(cluster)))
        yield "it takes commands, and its cluster records none";
    });
  },
};

function records({ props }: Resource): boolean {
  const path = "configuration.executeCommandConfiguration";
  if (text(props, `${path}.logging`) !== "OVERRIDE") return false;
  const into = (destination: string) => text(props, `${path}.logConfiguration.${destination}`) !== undefined;
  return any(["cloudWatchLogGroupName", "s3BucketName"], into);
}
