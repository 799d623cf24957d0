import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { assumableBy, document, type Statement } from "../iam/document.ts";
import { exportSpans, pullImages, readSecrets, runCommands, writeLogs } from "../iam/grants.ts";
import { physicalName, type Place } from "../names.ts";
import type { CommandAudit } from "./cluster.ts";

/** What the two roles of a task are made from: chosen names, so that their documents are known at preview. */
export interface TaskRolesArgs {
  place: Place;
  /** Last part of the service's name. */
  part: string;
  logGroupName: string;
  /** Name of the repository the image is pulled from. */
  repositoryName: string;
  /** Name of the repository of the collector, if it is another one of the account's. */
  collectorRepositoryName?: string;
  /** Exact ARNs of the secrets that become environment variables. */
  secretArns: readonly string[];
  /** What the service itself may do. */
  permissions: readonly Statement[];
  traced: boolean;
  /** Where commands inside a task are recorded, if there may be any. */
  audit?: CommandAudit;
}

/** Names of both roles: whoever starts tasks of a family passes them. IAM allows 64 characters. */
export const taskRoleNames = (place: Place, part: string) => ({
  execution: physicalName(place, `${part}-execution`, 64),
  task: physicalName(place, `${part}-task`, 64),
});

/** ARNs of both roles, which come only with their permissions in place. */
export interface TaskRoles {
  executionRoleArn: pulumi.Output<string>;
  taskRoleArn: pulumi.Output<string>;
  /** What the service must wait for, and outlive: without its policies a task can be neither started nor stopped. */
  grants: pulumi.Resource[];
}

/** The role ECS starts tasks with, and the one the service works with. Neither can do what the other is for. */
export function taskRoles(name: string, args: TaskRolesArgs, child: pulumi.CustomResourceOptions): TaskRoles {
  const { place } = args;
  const names = taskRoleNames(place, args.part);
  const role = (part: keyof typeof names, statements: Statement[]) => {
    const made = new aws.iam.Role(
      `${name}-${part}-role`,
      { name: names[part], assumeRolePolicy: assumableByTasks(place) },
      child,
    );
    if (statements.length === 0) return { arn: made.arn, grants: [] };
    const policy = document(...statements);
    return {
      arn: made.arn,
      grants: [new aws.iam.RolePolicy(`${name}-${part}-grant`, { role: made.id, policy }, child)],
    };
  };
  const execution = role("execution", executionPermissions(args));
  const task = role("task", taskPermissions(args));
  return { executionRoleArn: execution.arn, taskRoleArn: task.arn, grants: [...execution.grants, ...task.grants] };
}

/** Pull the image and its sidecar's, write to one log group, read the named secrets. */
export function executionPermissions(args: TaskRolesArgs): Statement[] {
  const { place, repositoryName, collectorRepositoryName, logGroupName, secretArns } = args;
  return [
    ...pullImages(place, repositoryName, ...(collectorRepositoryName ? [collectorRepositoryName] : [])),
    writeLogs(place, logGroupName),
    ...(secretArns.length > 0 ? [readSecrets(secretArns)] : []),
  ];
}

function taskPermissions({ place, permissions, traced, audit }: TaskRolesArgs): Statement[] {
  return [...(traced ? [exportSpans] : []), ...(audit ? runCommands(place, audit) : []), ...permissions];
}

/** Tasks of this account only: ECS says on whose behalf it asks. */
const assumableByTasks = ({ partition, region, accountId }: Place) =>
  assumableBy("ecs-tasks.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
  });
