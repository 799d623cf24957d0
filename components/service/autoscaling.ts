import * as appautoscaling from "@pulumi/aws/appautoscaling/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { WatchedPair } from "./rollback-triggers.ts";

export interface AutoscalingArgs extends WatchedPair {
  clusterName: string;
  minTasks: number;
  maxTasks: number;
  cpuTargetPercent: number;
  requestsPerTarget: number;
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

/** Requests in a minute over both target groups, by the tasks that run. */
function requestsPerTask({ loadBalancer, blue, green, clusterName, serviceName }: AutoscalingArgs) {
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
  const each = { id: "each", label, expression: "(FILL(blue, 0) + FILL(green, 0)) / tasks", returnData: true };
  return [requests("blue", blue), requests("green", green), tasks, each];
}
