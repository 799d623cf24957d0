import * as appautoscaling from "@pulumi/aws/appautoscaling/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { sum, type WatchedPair } from "./rollback-triggers.ts";
import type { SlotName } from "./slots.ts";

export interface AutoscalingArgs extends WatchedPair {
  clusterName: string;
  minTasks: number;
  maxTasks: number;
  cpuTargetPercent: number;
  requestsPerTarget: number;
  /** Which of two slots it is. Defaults to none: both target groups are its own. */
  slot?: SlotName;
}

/**
 * Keeps the number of tasks where CPU and requests per task are near their targets. Requests are counted over both target
 * groups: the predefined metric knows one, and the traffic moves.
 */
export function autoscaling(name: string, args: AutoscalingArgs, opts: pulumi.CustomResourceOptions): void {
  const target = new appautoscaling.Target(
    `${name}-scaling`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${args.clusterName}/${args.serviceName}`,
      minCapacity: args.minTasks,
      maxCapacity: args.maxTasks,
    },
    opts,
  );
  const follow = (part: string, configuration: pulumi.Inputs & { targetValue: number }) =>
    new appautoscaling.Policy(
      `${name}-scaling-${part}`,
      {
        name: `${args.serviceName}-${part}`,
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        // Out within a minute, in only after five quiet ones.
        targetTrackingScalingPolicyConfiguration: { scaleOutCooldown: 60, scaleInCooldown: 300, ...configuration },
      },
      opts,
    );
  follow("cpu", {
    targetValue: args.cpuTargetPercent,
    predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
  });
  follow("requests", {
    targetValue: args.requestsPerTarget,
    customizedMetricSpecification: { metrics: requestsPerTask(args) },
  });
}

/**
 * Requests in a minute over both target groups, by the tasks that run. A slot without any of its own has what it needs: it keeps its
 * tasks and asks for no more, so that nothing brings it back once it has been stopped.
 */
function requestsPerTask(args: AutoscalingArgs) {
  const { loadBalancer, blue, green, clusterName, serviceName, slot, requestsPerTarget: aim } = args;
  const requests = (id: string, group: pulumi.Input<string>) => ({
    id,
    returnData: false,
    metricStat: {
      stat: "Sum",
      metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "RequestCount",
        dimensions: [
          { name: "LoadBalancer", value: loadBalancer },
          { name: "TargetGroup", value: group },
        ],
      },
    },
  });
  const tasks = {
    id: "tasks",
    returnData: false,
    metricStat: {
      stat: "Average",
      metric: {
        namespace: "ECS/ContainerInsights",
        metricName: "RunningTaskCount",
        dimensions: [
          { name: "ClusterName", value: clusterName },
          { name: "ServiceName", value: serviceName },
        ],
      },
    },
  };
  const label = "requests per task in a minute";
  const perTask = `(${sum}) / tasks`;
  const measured = [requests("blue", blue), requests("green", green), tasks];
  if (!slot) return [...measured, { id: "each", label, expression: perTask, returnData: true }];
  const bounded = `IF(FILL(${slot}, 0) == 0 AND both > ${aim}, ${aim}, both)`;
  return [
    ...measured,
    { id: "both", label: "requests of both slots per task", expression: perTask, returnData: false },
    { id: "each", label, expression: bounded, returnData: true },
  ];
}
