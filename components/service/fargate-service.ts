import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../iam/document.ts";
import type { Place } from "../names.ts";
import { allowTraffic } from "../network/traffic.ts";
import { validated } from "../validated.ts";
import type { CommandAudit } from "./cluster.ts";
import type { Preflight, PreTrafficHook, Strategy } from "./deployment.ts";
import { checkService } from "./fargate-checks.ts";
import { listenerRules, type ServiceRoute } from "./listener-rules.ts";
import type { LoadBalancerFace } from "./load-balancer.ts";
import { oneService } from "./one-service.ts";
import { taskRoles } from "./roles.ts";
import type { SlotShift } from "./slots.ts";
import { targetPair, type TargetHealth } from "./target-pair.ts";
import { taskOf } from "./task.ts";
import { twoServices } from "./two-services.ts";

export interface FargateServiceArgs {
  place: Place;
  /** Last part of the names of service and task family `<project>-<stack>-<part>`. */
  part: string;
  /** Image to run, pinned by digest: `<repository>@sha256:...`. */
  imageUri: pulumi.Input<string>;
  /** Name of the one repository tasks may pull from. */
  repositoryName: string;
  /** Processor the image was built for. Defaults to x86_64. */
  architecture?: "x86_64" | "arm64";
  /** Replaces the image's entry point. Defaults to what the image says. */
  entryPoint?: readonly string[];
  /** Replaces the image's command. Defaults to what the image says. */
  command?: readonly string[];
  /** Numeric user and group, never root: `1000:1000`. */
  user: string;
  /** Port the service listens on: 1024 to 65535. Defaults to 8080. */
  containerPort?: number;
  /** Where the load balancer asks: 200 while a task may have traffic. ECS replaces tasks that fail, so ask for nothing they share. */
  healthPath: string;
  /** How the load balancer asks. Defaults to 3 passes, 2 failures, every 30 s, 3 s each. */
  health?: TargetHealth;
  /** Seconds a new task may take before failing checks count: 0 to 300. Defaults to 60. */
  graceSeconds?: number;
  /** Seconds the service takes at most to end after SIGTERM; the container is killed five later: 1 to 115. Defaults to 25. */
  stopSeconds?: number;
  /** Environment variables; names of secrets, never secrets. Defaults to none. */
  environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment variables from Secrets Manager: the exact ARN of the secret of each. Defaults to none. */
  secrets?: Readonly<Record<string, string>>;
  /** CPU units, 1024 to a vCPU. Defaults to 256. */
  cpu?: number;
  /** Memory of the task in MiB; Fargate has certain sizes for each `cpu`. Defaults to 512. */
  memoryMiB?: number;
  /** Days CloudWatch keeps the logs. Defaults to 30. */
  logRetentionDays?: number;
  /** What the service may do besides sending traces. Defaults to nothing. */
  permissions?: readonly Statement[];
  /** Whether a collector beside the service hands its spans to X-Ray. Defaults to true. */
  traced?: boolean;
  /** Image of that collector, pinned by digest. Defaults to the AWS Distro for OpenTelemetry in its public registry. */
  collectorImageUri?: pulumi.Input<string>;
  /** Name of the account's repository that image is in. Defaults to none: the registry is public. */
  collectorRepositoryName?: string;
  clusterName: string;
  clusterArn: pulumi.Input<string>;
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of the tasks: whom they may call is said there. Who may call them is said in one of their own. */
  securityGroupId: pulumi.Input<string>;
  /** The load balancer in front. */
  loadBalancer: LoadBalancerFace;
  /** Which requests are the service's. */
  routes: readonly ServiceRoute[];
  /** Number of the first listener rule; each service needs a range of its own. */
  priority: number;
  /** Issuer whose access tokens the load balancer asks for. Defaults to none: the gateway in front asks. */
  tokenIssuer?: pulumi.Input<string>;
  /** How a new revision gets the traffic. Defaults to rolling. */
  strategy?: Strategy;
  /** What gives a new revision the traffic under the strategy `steps`, and only under that. */
  shift?: SlotShift;
  /** Whether the rollback triggers take a deployment back. Defaults to true. */
  rollbackAlarms?: boolean;
  /** Asked before ECS deploys onto a running service, which has rollback alarms. Defaults to nobody. */
  preflight?: Preflight;
  /** Asked before a new revision gets production traffic, where the strategy shifts it. Defaults to nobody. */
  preTrafficHook?: PreTrafficHook;
  /** Fewest tasks, one at least. Defaults to 1. */
  minTasks?: number;
  /** Most tasks; the same as `minTasks` for no autoscaling. Defaults to 4. */
  maxTasks?: number;
  /** CPU use in per cent around which tasks are added and taken away: 10 to 90. Defaults to 70. */
  cpuTargetPercent?: number;
  /** Requests a minute that one task is to have: at least 1. Defaults to 1000. */
  requestsPerTarget?: number;
  /** Share of the tasks beyond the first on spot capacity, in per cent. Defaults to 0. */
  spotPercent?: number;
  /** The cluster's audit of commands: allows them inside tasks. Defaults to none, and then nobody can. */
  audit?: CommandAudit;
}

/**
 * A container as an ECS service on Fargate: hardened task, two roles, own log group, two target groups, scaling, and deployments that
 * are taken back by themselves and then fail the update.
 */
export class FargateService extends pulumi.ComponentResource {
  /** Name of the service and of its task family. */
  readonly serviceName: string;
  /** Names of the ECS services it runs in, one or two: dimensions of their metrics. */
  readonly ecsServices: readonly string[];
  readonly logGroupName: string;
  /** Revision that runs; fails instead of being another than the one asked for. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  /** Ends of the target groups' ARNs: dimensions of their metrics. */
  readonly blueSuffix: pulumi.Output<string>;
  readonly greenSuffix: pulumi.Output<string>;
  /** Known once its tasks run and are healthy, and after each deployment: who turns callers to the service waits for it. */
  readonly steady: pulumi.Output<string>;
  /** Names of the alarms that take a deployment back. */
  readonly rollbackAlarmNames: readonly string[];

  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:FargateService", name, {}, opts);
    const checked = validated(this, () => checkService(name, args));
    const { serviceName, strategy, port, logGroupName } = checked;
    const { vpcId, loadBalancer } = args;
    const child = { parent: this };

    const logs = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: logGroupName, retentionInDays: checked.logRetentionDays },
      child,
    );
    const roles = taskRoles(name, { ...checked.roles, audit: args.audit }, child);
    const task = new aws.ecs.TaskDefinition(`${name}-task`, taskOf(args, checked, roles), {
      ...child,
      dependsOn: [logs],
    });
    const { health, drainSeconds } = checked;
    const bound = `${name}${checked.behind}`;
    const targets = targetPair(bound, { vpcId, port, healthPath: args.healthPath, health, drainSeconds }, child);
    const purpose = `load balancer to ${args.part}`;
    // AWS refuses the same rule twice, whatever its description: services that share a group for what they call need their own here.
    const group = new aws.ec2.SecurityGroup(
      `${name}-group`,
      { vpcId, description: `Callers of ${serviceName}` },
      child,
    );
    allowTraffic(`${bound}-traffic`, { from: loadBalancer.securityGroupId, to: group.id, port, purpose }, child);
    const rules = listenerRules(
      `${bound}-rule`,
      checked.rules,
      { listenerArn: loadBalancer.listenerArn, targets },
      child,
    );
    const securityGroupIds = [args.securityGroupId, group.id];
    const standing = { task, targets, rules, grants: roles.grants, securityGroupIds };
    const running =
      strategy.kind === "steps"
        ? twoServices(name, args, { ...checked, shift: args.shift! }, standing, child)
        : oneService(bound, args, { ...checked, strategy }, standing, child);

    this.serviceName = serviceName;
    this.logGroupName = logGroupName;
    this.ecsServices = running.ecsServices;
    this.taskDefinitionArn = running.taskDefinitionArn;
    this.blueSuffix = targets.blue.arnSuffix;
    this.greenSuffix = targets.green.arnSuffix;
    this.rollbackAlarmNames = running.rollbackAlarmNames;
    this.steady = running.steady;
    this.registerOutputs({ serviceName, logGroupName, taskDefinitionArn: this.taskDefinitionArn });
  }
}
