import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyAdministration } from "../iam/key-policy.ts";
import { document } from "../iam/document.ts";
import { logGroupArn } from "../iam/arns.ts";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";

export interface ServiceClusterArgs {
  place: Place;
  /** Last part of the cluster's name `<project>-<stack>-<part>`. */
  part: string;
  /** Whether Container Insights also measures single tasks and containers, which is paid per metric. Defaults to false. */
  enhancedInsights?: boolean;
  /** Whether people may run commands inside tasks, each of them recorded. Defaults to false. */
  commands?: boolean;
  /** Days CloudWatch keeps what was typed. Defaults to 365. */
  logRetentionDays?: number;
}

/** Where commands inside tasks are recorded: names that IAM documents mention. */
export interface CommandAudit {
  logGroupName: string;
  /** Alias of the key that encrypts sessions and records, with `alias/`. */
  keyAlias: string;
}

/** A cluster for Fargate tasks, on demand and spot, measured by Container Insights. */
export class ServiceCluster extends pulumi.ComponentResource {
  /** Name of the cluster: a dimension of its services' metrics. */
  readonly clusterName: string;
  readonly clusterArn: pulumi.Output<string>;
  /** Present when commands are allowed; a service that allows them needs it. */
  readonly audit?: CommandAudit;

  constructor(name: string, args: ServiceClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ServiceCluster", name, {}, opts);
    const { clusterName, retentionInDays } = validated(this, () => check(args));
    const child = { parent: this };

    const audit = args.commands
      ? { logGroupName: `/aws/ecs/${clusterName}/commands`, keyAlias: `alias/${clusterName}-commands` }
      : undefined;
    const recording = audit && commandRecording(name, args.place, { ...audit, retentionInDays }, child);
    const cluster = new aws.ecs.Cluster(
      `${name}-cluster`,
      {
        name: clusterName,
        settings: [{ name: "containerInsights", value: args.enhancedInsights ? "enhanced" : "enabled" }],
        ...(recording && { configuration: { executeCommandConfiguration: recording } }),
      },
      child,
    );
    const providers = new aws.ecs.ClusterCapacityProviders(
      `${name}-capacity`,
      { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
      child,
    );

    this.clusterName = clusterName;
    // Whoever gets the ARN may ask for spot capacity at once.
    this.clusterArn = pulumi.all([cluster.arn, providers.id]).apply(([arn]) => arn);
    this.audit = audit;
    this.registerOutputs({ clusterName, clusterArn: this.clusterArn });
  }
}

function check({ place, part, logRetentionDays = 365 }: ServiceClusterArgs) {
  return { clusterName: physicalName(place, part), retentionInDays: logRetention(logRetentionDays) };
}

/** A log group for everything typed into tasks, encrypted like the sessions themselves under a key of the stack. */
function commandRecording(
  name: string,
  place: Place,
  { logGroupName, keyAlias, retentionInDays }: CommandAudit & { retentionInDays: number },
  child: pulumi.CustomResourceOptions,
) {
  const policy = document(keyAdministration(place), {
    sid: "EncryptRecords",
    principals: { Service: `logs.${place.region}.amazonaws.com` },
    actions: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
      "kms:GenerateDataKey",
      "kms:DescribeKey",
    ],
    resources: ["*"],
    conditions: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(place, logGroupName) } },
  });
  const description = `Encrypts commands typed into tasks of ${name}`;
  const key = new aws.kms.Key(`${name}-commands-key`, { description, enableKeyRotation: true, policy }, child);
  new aws.kms.Alias(`${name}-commands-alias`, { name: keyAlias, targetKeyId: key.id }, child);
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-commands-logs`,
    { name: logGroupName, retentionInDays, kmsKeyId: key.arn },
    child,
  );
  return {
    kmsKeyId: key.arn,
    logging: "OVERRIDE",
    logConfiguration: { cloudWatchLogGroupName: logs.name, cloudWatchEncryptionEnabled: true },
  };
}
