import type * as pulumi from "@pulumi/pulumi";
import type { ServiceBackend } from "./api/rest-api.ts";
import type { Fleet } from "./fleet.ts";
import { ContainerFunction, type ContainerFunctionArgs } from "./function/container-function.ts";
import type { Statement } from "./iam/document.ts";
import type { Place } from "./names.ts";
import type { Watched } from "./observe/objectives.ts";
import { FargateService } from "./service/fargate-service.ts";
import type { SlotShift } from "./service/slots.ts";
import type { FunctionSettings, ServiceSettings, TaskSettings } from "./service-settings.ts";

export interface WorkloadArgs {
  place: Place;
  /** Last part of the names it gives. */
  part: string;
  /** Image of both runtimes, pinned by digest. */
  imageUri: pulumi.Input<string>;
  architecture?: "x86_64" | "arm64";
  logRetentionDays?: number;
  /** What the service reads from its environment, whatever it runs on. */
  environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the service may do. */
  permissions: readonly Statement[];
  /** The runtime, and what it is given. */
  settings: ServiceSettings;
  /** As a function: its command and where it stands. */
  asFunction: Pick<
    ContainerFunctionArgs,
    "command" | "logLevel" | "subnetIds" | "securityGroupIds" | "replacementSecurityGroupIds" | "shift"
  >;
  /** As a server: how it is started and reached. */
  asServer: ServerSide;
}

/** What only a server needs: nobody but itself listens, looks at tokens or is stopped. */
export interface ServerSide {
  repositoryName: string;
  entryPoint: readonly string[];
  command: readonly string[];
  user: string;
  containerPort: number;
  stopSeconds: number;
  healthPath: string;
  paths: readonly string[];
  /** Number of its first listener rule. */
  priority: number;
  /** Variables over those of every runtime: where tokens come from. */
  environment: Readonly<Record<string, pulumi.Input<string>>>;
  vpcId: pulumi.Input<string>;
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Present where a service of the stack runs on Fargate. */
  fleet?: Fleet;
  /** What gives a new revision the traffic where the strategy is `steps`. */
  shift: SlotShift;
}

/** A service of the app, whatever it runs on: what the gateway calls, what is watched, where it logs. */
export interface Workload {
  backend: ServiceBackend;
  watched: Watched[];
  logGroupName: string;
}

/** The service `name` as a Lambda function or as tasks on Fargate, by its settings. Its type follows from them, nothing else does. */
export function workload(name: string, args: WorkloadArgs, opts: pulumi.ComponentResourceOptions): Workload {
  const { settings } = args;
  return settings.runtime === "lambda" ? onLambda(name, args, settings, opts) : onFargate(name, args, settings, opts);
}

function onLambda(
  name: string,
  { place, part, imageUri, architecture, logRetentionDays, environment, permissions, asFunction }: WorkloadArgs,
  { runtime, ...settings }: FunctionSettings,
  opts: pulumi.ComponentResourceOptions,
): Workload {
  const common = { place, part, imageUri, architecture, logRetentionDays, environment, permissions };
  const service = new ContainerFunction(name, { ...common, ...asFunction, ...settings }, opts);
  const { functionName, liveName: alias, logGroupName } = service;
  const { timeoutSeconds } = settings;
  return {
    backend: { runtime, functionName, alias },
    watched: [{ kind: "function", functionName, timeoutSeconds }],
    logGroupName,
  };
}

function onFargate(
  name: string,
  { place, part, imageUri, architecture, logRetentionDays, environment, permissions, asServer }: WorkloadArgs,
  { runtime, ...settings }: TaskSettings,
  opts: pulumi.ComponentResourceOptions,
): Workload {
  const { fleet, paths, environment: own, shift, ...server } = asServer;
  if (!fleet) throw new Error(`service "${name}" runs on Fargate and needs a fleet to run in: make one`);
  const common = { place, part, imageUri, architecture, logRetentionDays, permissions };
  const { clusterName, clusterArn, loadBalancer, securityGroupId, audit, vpcLinkId, loadBalancerArn, origin } = fleet;
  const service = new FargateService(
    name,
    {
      ...{ ...common, ...server, ...settings },
      ...{ clusterName, clusterArn, loadBalancer, securityGroupId, audit },
      environment: { ...environment, ...own },
      routes: [{ paths }],
      ...(settings.strategy.kind === "steps" && { shift }),
    },
    opts,
  );
  const { serviceName, ecsServices, logGroupName, blueSuffix: blue, greenSuffix: green } = service;
  return {
    backend: { runtime, vpcLinkId, loadBalancerArn, origin },
    watched: [
      ...ecsServices.map((each) => ({ kind: "service" as const, clusterName, serviceName: each })),
      { kind: "targets", serviceName, loadBalancer: fleet.loadBalancerSuffix, blue, green },
    ],
    logGroupName,
  };
}
