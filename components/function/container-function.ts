import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { aliasArn } from "../iam/arns.ts";
import { assumableBy, document, type Statement } from "../iam/document.ts";
import { pinned } from "../image/digest.ts";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import { deadLetterQueueName, deadLetters } from "./dead-letters.ts";
import { checkEnvironment } from "./environment.ts";
import type { Shift } from "./shift.ts";
import { functionPermissions } from "./permissions.ts";

export interface ContainerFunctionArgs {
  /** Where the stack lives: names and ARNs follow from it. */
  place: Place;
  /** Last part of the function's name `<project>-<stack>-<part>`, 64 characters in all. */
  part: string;
  /** Image to run, pinned by digest: `<repository>@sha256:...`. */
  imageUri: pulumi.Input<string>;
  /** Processor the image was built for. Defaults to x86_64. */
  architecture?: "x86_64" | "arm64";
  /** Replaces the image's command, the handler. Defaults to what the image says. */
  command?: readonly string[];
  /** Environment variables, 4 KB in all; names of secrets, never secrets. Defaults to none. */
  environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Memory in MiB, which also sets the CPU share: 128 to 10240. Defaults to 512. */
  memoryMiB?: number;
  /** Longest run in seconds: 1 to 900. Defaults to 15; API Gateway gives up after 29. */
  timeoutSeconds?: number;
  /** Days CloudWatch keeps the logs. Defaults to 30. */
  logRetentionDays?: number;
  /** Least severe message of the application that is logged. Defaults to INFO. */
  logLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /** What the handler may do besides writing its own logs and traces. Defaults to nothing. */
  permissions?: readonly Statement[];
  /** Subnets to run in, together with `securityGroupIds`. Defaults to no VPC. */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Security groups of the function in the VPC, together with `subnetIds`. */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Groups the function's network interfaces are handed to before it is deleted, so that its own groups can go at once
   * and not half an hour later: the VPC's closed default group. Defaults to waiting.
   */
  replacementSecurityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Most runs at once, taken out of the account's pool. Defaults to sharing that pool. */
  reservedConcurrency?: number;
  /** Instances kept warm on the `live` alias, which then cannot divide its traffic. Defaults to none. */
  provisionedConcurrency?: number;
  /** How a new version gets the traffic of `live`. Defaults to all of it at once. */
  shift?: Shift;
  /** Whether the function is invoked asynchronously: adds a queue for the events it failed on. Defaults to false. */
  asynchronous?: boolean;
}

/**
 * A Lambda function from a container image: chosen name, least-privilege role, owned log group, JSON logs, tracing,
 * a version for every change and the `live` alias, which is the only thing callers invoke.
 */
export class ContainerFunction extends pulumi.ComponentResource {
  /** Name of the function: the dimension of its metrics. */
  readonly functionName: string;
  /** ARN of the `live` alias. */
  readonly liveArn: string;
  /** Name of the alias, `live`, known once the alias exists: what depends on it waits for it. */
  readonly liveName: pulumi.Output<string>;
  /** Version published by the last change. */
  readonly version: pulumi.Output<string>;
  readonly logGroupName: string;
  /** Name of the queue for failed asynchronous events, if there is one. */
  readonly deadLetterQueueName?: string;

  constructor(name: string, args: ContainerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ContainerFunction", name, {}, opts);
    const checked = validated(this, () => check(args));
    const { place, functionName, queueName } = checked;
    const child = { parent: this };

    const logGroupName = `/aws/lambda/${functionName}`;
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: logGroupName, retentionInDays: checked.logRetentionDays },
      child,
    );
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: assumableBy("lambda.amazonaws.com") }, child);
    const needs = {
      place,
      functionName,
      logGroupName,
      inNetwork: checked.inNetwork,
      permissions: args.permissions ?? [],
    };
    const policy = document(...functionPermissions({ ...needs, deadLetterQueueName: queueName }));
    const grant = new aws.iam.RolePolicy(`${name}-grant`, { role: role.id, policy }, child);
    const fn = new aws.lambda.Function(
      `${name}-function`,
      {
        ...settingsOf(args),
        name: functionName,
        imageUri: checked.imageUri,
        role: role.arn,
        loggingConfig: { ...logging, applicationLogLevel: args.logLevel ?? "INFO", logGroup: logs.name },
      },
      { ...child, dependsOn: [grant] },
    );
    const published = {
      ...{ part: args.part, functionName, version: fn.version, logGroupName: logs.name },
      ...{ timeoutSeconds: args.timeoutSeconds ?? 15, weighted: !args.provisionedConcurrency },
    };
    const live = new aws.lambda.Alias(
      `${name}-live`,
      { name: "live", functionName, functionVersion: fn.version },
      { ...child, ...args.shift?.guard(published, child) },
    );
    if (args.provisionedConcurrency) {
      const warm = { functionName, qualifier: live.name, provisionedConcurrentExecutions: args.provisionedConcurrency };
      new aws.lambda.ProvisionedConcurrencyConfig(`${name}-warm`, warm, child);
    }
    if (queueName) deadLetters(name, { place, queueName, functionName, liveName: live.name }, child);

    this.functionName = functionName;
    this.liveArn = aliasArn(place, functionName, "live");
    this.liveName = live.name;
    this.version = fn.version;
    this.logGroupName = logGroupName;
    this.deadLetterQueueName = queueName;
    this.registerOutputs({ functionName, liveArn: this.liveArn, version: this.version, logGroupName });
  }
}

const logging = { logFormat: "JSON", systemLogLevel: "INFO" };

/** What the function is made of, as Lambda takes it: everything that follows from the arguments alone. */
function settingsOf(args: ContainerFunctionArgs) {
  const { command, environment, subnetIds, securityGroupIds, replacementSecurityGroupIds } = args;
  return {
    packageType: "Image",
    publish: true,
    architectures: [args.architecture ?? "x86_64"],
    imageConfig: command && { commands: [...command] },
    environment: environment && { variables: { ...environment } },
    memorySize: args.memoryMiB ?? 512,
    timeout: args.timeoutSeconds ?? 15,
    reservedConcurrentExecutions: args.reservedConcurrency,
    tracingConfig: { mode: "Active" },
    vpcConfig: subnetIds && securityGroupIds && { subnetIds, securityGroupIds },
    replaceSecurityGroupsOnDestroy: replacementSecurityGroupIds && true,
    replacementSecurityGroupIds,
  };
}

function check(args: ContainerFunctionArgs) {
  const { place, part, reservedConcurrency, provisionedConcurrency } = args;
  const functionName = physicalName(place, part, 64);
  const queueName = args.asynchronous ? deadLetterQueueName(place, part) : undefined;
  wholeNumberIn("memoryMiB", args.memoryMiB, 128, 10240);
  wholeNumberIn("timeoutSeconds", args.timeoutSeconds, 1, 900);
  wholeNumberIn("reservedConcurrency", reservedConcurrency, 0, 100_000);
  wholeNumberIn("provisionedConcurrency", provisionedConcurrency, 1, 100_000);
  if (provisionedConcurrency && reservedConcurrency !== undefined && provisionedConcurrency > reservedConcurrency) {
    throw new Error(
      `provisionedConcurrency ${provisionedConcurrency} is above reservedConcurrency ${reservedConcurrency}: lower the first or raise the second`,
    );
  }
  // Lambda refuses an alias with both ("Alias with weights can not be used with Provisioned Concurrency"), in the middle of a shift.
  if (provisionedConcurrency && args.shift?.divides) {
    throw new Error(
      `provisionedConcurrency ${provisionedConcurrency} keeps the traffic of live from being divided: leave it out, or shift in one step of 100`,
    );
  }
  if (!args.subnetIds !== !args.securityGroupIds || (args.replacementSecurityGroupIds && !args.subnetIds)) {
    throw new Error(
      "subnetIds, securityGroupIds and replacementSecurityGroupIds belong together: give the first two, or none",
    );
  }
  checkEnvironment(args.environment ?? {});
  return {
    place,
    functionName,
    queueName,
    inNetwork: args.subnetIds !== undefined,
    imageUri: pinned("imageUri", args.imageUri),
    logRetentionDays: logRetention(args.logRetentionDays ?? 30),
  };
}
