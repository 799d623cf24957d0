import * as aws from "@pulumi/aws";
import type * as lb from "@pulumi/aws/lb/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { autoscaling } from "./autoscaling.ts";
import { serviceContainerName } from "./containers.ts";
import { deployed } from "./deployed.ts";
import { deploymentConfiguration, timeoutMinutes, type NativeStrategy } from "./deployment.ts";
import type { CheckedService } from "./fargate-checks.ts";
import type { FargateServiceArgs } from "./fargate-service.ts";
import { trafficShifting } from "./infrastructure.ts";
import { movable } from "./listener-rules.ts";
import { rollbackAlarmNames, rollbackAlarms } from "./rollback-triggers.ts";
import type { TargetPair } from "./target-pair.ts";
import { serviceSettings } from "./task.ts";

/** What tasks run behind. */
export interface Standing {
  task: aws.ecs.TaskDefinition;
  targets: TargetPair;
  rules: readonly lb.ListenerRule[];
  /** Groups of the tasks: whom they may call, and who may call them. */
  securityGroupIds: pulumi.Input<string>[];
  /** What the services must wait for, and outlive. */
  grants: readonly pulumi.Resource[];
}

/** What runs, however it is deployed. */
export interface Running {
  /** Names of the ECS services. */
  ecsServices: readonly string[];
  /** Revision that has the traffic; fails instead of being another than the one asked for. */
  taskDefinitionArn: pulumi.Output<string>;
  rollbackAlarmNames: readonly string[];
  /** Known once its tasks run and are healthy: a preview of a further revision knows it too. */
  steady: pulumi.Output<string>;
}

/** One ECS service, whose deployments are ECS's own. */
export function oneService(
  name: string,
  args: FargateServiceArgs,
  checked: CheckedService & { strategy: NativeStrategy },
  { task, targets, rules, grants, securityGroupIds }: Standing,
  child: pulumi.CustomResourceOptions,
): Running {
  const { ecsServiceName: serviceName, strategy, port, scaled, alarmed } = checked;
  const { loadBalancer, clusterName } = args;
  const suffixes = { blue: targets.blue.arnSuffix, green: targets.green.arnSuffix };
  const pair = { serviceName, loadBalancer: loadBalancer.arnSuffix, ...suffixes };
  const alarms = alarmed ? rollbackAlarms(name, pair, child) : [];
  // Also under rolling: only the configuration of deployments changes with the strategy, never what has the traffic.
  const shifting = movable(checked.rules)
    ? trafficShifting(name, { ...checked, loadBalancer, targets, rule: rules[0]!, hook: args.preTrafficHook }, child)
    : undefined;
  const preflight = alarms.length > 0 && args.preflight?.before(rollbackAlarmNames(serviceName));
  const timeout = `${timeoutMinutes(strategy)}m`;
  const service = new aws.ecs.Service(
    `${name}-service`,
    {
      ...serviceSettings(args, checked, securityGroupIds),
      name: serviceName,
      taskDefinition: task.arn,
      deploymentConfiguration: { ...deploymentConfiguration(strategy), ...shifting?.hooks },
      ...(alarmed && { alarms: { enable: true, rollback: true, alarmNames: rollbackAlarmNames(serviceName) } }),
      loadBalancers: [
        {
          targetGroupArn: targets.blue.arn,
          containerName: serviceContainerName,
          containerPort: port,
          ...(shifting && { advancedConfiguration: shifting.advancedConfiguration }),
        },
      ],
    },
    {
      ...child,
      dependsOn: [...grants, ...rules, ...alarms, ...(shifting?.grants ?? [])],
      ignoreChanges: [...(scaled ? ["desiredCount"] : []), ...(shifting ? ["loadBalancers"] : [])],
      ...(preflight && { hooks: { beforeUpdate: [preflight] } }),
      // The name is taken until the old service is gone.
      deleteBeforeReplace: true,
      customTimeouts: { create: timeout, update: timeout, delete: "30m" },
    },
  );
  if (scaled) autoscaling(name, { ...pair, clusterName, ...checked.scaling }, { ...child, dependsOn: [service] });
  return {
    ecsServices: [serviceName],
    taskDefinitionArn: deployed(serviceName, task.arn, service.taskDefinition),
    rollbackAlarmNames: alarmed ? rollbackAlarmNames(serviceName) : [],
    steady: service.id,
  };
}
