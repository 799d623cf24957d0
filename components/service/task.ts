import * as pulumi from "@pulumi/pulumi";
import { collector, collectorEndpoint, collectorImageUri } from "./collector.ts";
import { commandVolumes } from "./command-agent.ts";
import { serviceContainer } from "./containers.ts";
import type { CheckedService } from "./fargate-checks.ts";
import type { FargateServiceArgs } from "./fargate-service.ts";
import type { TaskRoles } from "./roles.ts";

/**
 * The task as ECS takes it. One family for all revisions, none of which is ever deregistered: a deployment can only be taken back to a
 * revision that is still there.
 */
export function taskOf(args: FargateServiceArgs, checked: CheckedService, roles: TaskRoles) {
  return {
    family: checked.serviceName,
    skipDestroy: true,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: String(checked.size.cpu),
    memory: String(checked.size.memoryMiB),
    runtimePlatform: {
      operatingSystemFamily: "LINUX",
      cpuArchitecture: args.architecture === "arm64" ? "ARM64" : "X86_64",
    },
    executionRoleArn: roles.executionRoleArn,
    taskRoleArn: roles.taskRoleArn,
    ...(args.audit && { volumes: commandVolumes }),
    containerDefinitions: containersOf(args, checked),
  };
}

function containersOf(args: FargateServiceArgs, checked: CheckedService): pulumi.Output<string> {
  const { place, serviceName, traced, logGroupName, graceSeconds, stopTimeoutSeconds, port, secrets } = checked;
  const { region } = place;
  const telemetry: Record<string, string> = traced
    ? { OTEL_EXPORTER_OTLP_ENDPOINT: collectorEndpoint, OTEL_SERVICE_NAME: serviceName }
    : {};
  const besides = args.collectorImageUri ?? collectorImageUri;
  return pulumi.all([checked.imageUri, args.environment ?? {}, besides]).apply(([imageUri, environment, sidecar]) => {
    const service = serviceContainer({
      ...{ imageUri, port, region, logGroupName, graceSeconds, stopTimeoutSeconds, secrets, traced },
      ...{ entryPoint: args.entryPoint, command: args.command, user: args.user, healthPath: args.healthPath },
      commands: args.audit !== undefined,
      environment: { PORT: String(port), AWS_REGION: region, ...telemetry, ...environment },
    });
    return JSON.stringify([service, ...(traced ? [collector(region, logGroupName, sidecar)] : [])]);
  });
}

/** The service as ECS takes it: everything that follows from the arguments alone. */
export function serviceSettings(
  args: FargateServiceArgs,
  checked: CheckedService,
  securityGroups: pulumi.Input<string>[],
) {
  const { scaling, graceSeconds, spotPercent } = checked;
  return {
    cluster: args.clusterArn,
    desiredCount: scaling.minTasks,
    deploymentController: { type: "ECS" },
    deploymentCircuitBreaker: { enable: true, rollback: true },
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    healthCheckGracePeriodSeconds: graceSeconds,
    networkConfiguration: { subnets: args.subnetIds, securityGroups, assignPublicIp: false },
    capacityProviderStrategies: capacity(spotPercent),
    // ECS takes another share of spot capacity only with a new deployment; without a change nothing is deployed.
    forceNewDeployment: true,
    platformVersion: "LATEST",
    availabilityZoneRebalancing: "ENABLED",
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    enableExecuteCommand: args.audit !== undefined,
    waitForSteadyState: true,
    // An interrupted wait must not take a healthy deployment back.
    sigintRollback: false,
  };
}

/** The first task always on capacity that nobody takes away. Never a launch type, which only a new service could leave. */
function capacity(spotPercent: number) {
  const onDemand = { capacityProvider: "FARGATE", base: 1, weight: 100 - spotPercent };
  return spotPercent === 0 ? [onDemand] : [onDemand, { capacityProvider: "FARGATE_SPOT", weight: spotPercent }];
}
