import { ofType, type Resource } from "../../resource.ts";
import type { Calls } from "../calls.ts";
import { containerName, containersOf } from "../containers.ts";
import { pointsTo } from "../links.ts";
import { flag, items, read, text } from "../reading.ts";
import { groupArn, placeOf } from "./logs.ts";
import type { Need, Question } from "./needs.ts";
import { containerCode } from "./program.ts";
import { sidecarIn } from "./sidecar.ts";

/**
 * What the ECS and Fargate agents ask of the role that starts a task. From the ECS developer guide, "Amazon ECS task execution IAM
 * role", and its pages on secrets, environment files and the awslogs driver.
 */
export const executionQuestions = (one: Resource): Question[] => [
  {
    *ask() {
      for (const container of containersOf(one) ?? []) yield* startingOf(container, one);
    },
  },
];

function* startingOf(container: unknown, one: Resource): Generator<Need> {
  const who = `${containerName(container)} of ${one.name}`;
  if (/\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/.test(text(container, "image") ?? ""))
    yield { actions: pulling, who: `the image of ${who}` };
  if (text(container, "logConfiguration.logDriver") === "awslogs") {
    const group = text(container, "logConfiguration.options.awslogs-group") ?? "";
    const home = placeOf(one);
    const region = text(container, "logConfiguration.options.awslogs-region") ?? home?.region ?? "";
    const on = groupArn(home && { ...home, region }, group);
    const creates = text(container, "logConfiguration.options.awslogs-create-group") === "true";
    const actions = ["logs:CreateLogStream", "logs:PutLogEvents", ...(creates ? ["logs:CreateLogGroup"] : [])];
    yield { actions, ...(on && !creates && { on }), who: `the log of ${who}` };
  }
  const secrets = [...items(container, "secrets"), ...items(container, "logConfiguration.secretOptions")];
  const from = secrets.map((secret) => text(secret, "valueFrom") ?? "");
  for (const arn of [...from, text(container, "repositoryCredentials.credentialsParameter") ?? ""]) {
    if (arn === "") continue;
    const kept = arn.includes(":secretsmanager:");
    const actions = [kept ? "secretsmanager:GetSecretValue" : "ssm:GetParameters"];
    yield { actions, may: ["kms:Decrypt"], who: `a secret of ${who}` };
  }
  if (items(container, "environmentFiles").length > 0)
    yield {
      actions: ["s3:GetObject", "s3:GetBucketLocation"],
      may: ["kms:Decrypt"],
      who: `an environment file of ${who}`,
    };
}

/** What the containers of a task call, and what ECS Exec asks of its role where a service allows it. */
export const taskQuestions = (one: Resource, resources: readonly Resource[], calls: Calls): Question[] => [
  {
    *ask() {
      const containers = containersOf(one);
      if (!containers) yield { unread: `what ${one.name} runs` };
      for (const container of containers ?? []) {
        const who = `${containerName(container)} of ${one.name}`;
        const needs = sidecarIn(container);
        yield* needs ? needs(container, who) : containerCode(container, who, calls);
      }
    },
  },
  {
    about: mounting,
    *ask() {
      if (
        items(one.props, "volumes").some(
          (volume) => text(volume, "efsVolumeConfiguration.authorizationConfig.iam") === "ENABLED",
        )
      )
        yield { actions: mounting.slice(0, 1), may: mounting.slice(1), who: `a volume of ${one.name}` };
    },
  },
  {
    about: [...channel, ...recording, ...keeping, "kms:Decrypt"],
    *ask() {
      for (const service of ofType(resources, "aws:ecs/service:Service")) {
        if (flag(service.props, "enableExecuteCommand") && pointsTo(service, "taskDefinition", one))
          yield* commandsIn(service, resources);
      }
    },
  },
];

/** From the ECS developer guide, "Monitor Amazon ECS containers with ECS Exec". */
function* commandsIn(service: Resource, resources: readonly Resource[]): Generator<Need> {
  const who = `ECS Exec into ${service.name}`;
  yield { actions: channel, who };
  const cluster = ofType(resources, "aws:ecs/cluster:Cluster").find((one) => pointsTo(service, "cluster", one));
  const path = "configuration.executeCommandConfiguration";
  if (!cluster) yield { actions: [], may: [...recording, ...keeping, "kms:Decrypt"], who };
  else {
    const set = (key: string) =>
      read(cluster.props, path) !== undefined && text(cluster.props, `${path}.${key}`) !== undefined;
    if (set("kmsKeyId")) yield { actions: ["kms:Decrypt"], who };
    if (set("logConfiguration.cloudWatchLogGroupName")) yield { actions: recording, who };
    if (set("logConfiguration.s3BucketName")) yield { actions: keeping, who };
    if (text(cluster.props, `${path}.logging`) === "DEFAULT") yield { actions: [], may: recording, who };
  }
}

const pulling = ["GetAuthorizationToken", "BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map(
  (action) => `ecr:${action}`,
);
const channel = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
  (action) => `ssmmessages:${action}`,
);
const recording = ["DescribeLogGroups", "CreateLogStream", "DescribeLogStreams", "PutLogEvents"].map(
  (action) => `logs:${action}`,
);
const keeping = ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:PutObject"];
const mounting = ["ClientMount", "ClientWrite", "ClientRootAccess"].map((action) => `elasticfilesystem:${action}`);
