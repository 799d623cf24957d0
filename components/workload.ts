import * as pulumi from "@pulumi/pulumi";
import type { ServiceBackend } from "./api/backend.ts";
import type { Fleet } from "./fleet.ts";
import { ContainerFunction, type ContainerFunctionArgs } from "./function/container-function.ts";
import type { Statement } from "./iam/document.ts";
import type { Place } from "./names.ts";
import type { Watched } from "./observe/objectives.ts";
import { PreTrafficProbe, type PreTrafficProbeArgs } from "./pre-traffic-probe.ts";
import type { ServiceRoute } from "./service/listener-rules.ts";
import { FargateService } from "./service/fargate-service.ts";
import { shiftsTraffic, type Preflight } from "./service/deployment.ts";
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
  /** Its routes with their scopes, for the load balancer of a public service. */
  publicRoutes: readonly ServiceRoute[];
  /** Issuer whose tokens that load balancer asks for. */
  tokenIssuer: pulumi.Input<string>;
  /** Number of its first listener rule. */
  priority: number;
  /** Variables over those of every runtime: where tokens come from. */
  environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Name of the variable that says where the keys of tokens are, where that is not with their issuer. */
  keysVariable: string;
  vpcId: pulumi.Input<string>;
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Present where a service of the stack runs on Fargate. */
  fleet?: Fleet;
  /** Asked before ECS deploys by a strategy of its own. Defaults to nobody. */
  preflight?: Preflight;
  /** What gives a new revision the traffic where the strategy is `steps`. */
  shift: SlotShift;
  /** What tries a new revision before ECS gives it traffic by a strategy of its own. */
  probe: Pick<PreTrafficProbeArgs, "command" | "urlVariable" | "path" | "replacementSecurityGroupIds">;
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
  { runtime: _, public: open = false, ...size }: TaskSettings,
  opts: pulumi.ComponentResourceOptions,
): Workload {
  const { fleet, paths, publicRoutes, tokenIssuer, environment: own, keysVariable, shift, probe, ...server } = asServer;
  if (!fleet) throw new Error(`service "${name}" runs on Fargate and needs a fleet to run in: make one`);
  const common = { place, part, imageUri, architecture, logRetentionDays, permissions };
  const entrance = open ? fleet.outside : fleet.inside;
  if (!entrance) {
    throw new Error(`service "${name}" has public ${open}: give the fleet ${open ? "a door" : "internal true"}`);
  }
  const { clusterName, clusterArn, securityGroupId, audit } = fleet;
  const { loadBalancer, backend } = entrance;
  const keys = fleet.jwksUri && { [keysVariable]: fleet.jwksUri };
  const { kind } = size.strategy;
  const { vpcId, subnetIds } = asServer;
  const tried = { place, part: `${part}-probe`, imageUri, architecture, logRetentionDays, vpcId, subnetIds, ...probe };
  const tester =
    entrance.test && kind !== "steps" && shiftsTraffic(size.strategy)
      ? new PreTrafficProbe(`${name}-probe`, { ...tried, loadBalancer: entrance.test }, opts)
      : undefined;
  const service = new FargateService(
    name,
    {
      ...{ ...common, ...server, ...size },
      ...{ clusterName, clusterArn, loadBalancer, securityGroupId, audit, ...fleet.collector },
      environment: { ...environment, ...own, ...keys },
      ...(open ? { routes: publicRoutes, tokenIssuer } : { routes: [{ paths }] }),
      ...(kind === "steps" && { shift }),
      ...(tester && { preTrafficHook: tester.hook }),
    },
    // Tasks that start before their ways out are open fail, and count as a failed deployment.
    { ...opts, dependsOn: [[opts.dependsOn ?? []].flat() as pulumi.Input<pulumi.Resource>[], fleet].flat() },
  );
  const { serviceName, ecsServices, logGroupName, blueSuffix: blue, greenSuffix: green } = service;
  // The load balancer stands long before a task does: the gateway must not turn to it until somebody answers there.
  const origin = pulumi.all([backend.origin, service.steady]).apply(([answering]) => answering);
  return {
    backend: { ...backend, origin },
    watched: [
      ...ecsServices.map((each) => ({ kind: "service" as const, clusterName, serviceName: each })),
      { kind: "targets", serviceName, loadBalancer: loadBalancer.arnSuffix, blue, green },
    ],
    logGroupName,
  };
}
