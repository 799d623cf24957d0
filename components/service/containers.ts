import { commandMounts } from "./command-agent.ts";

/** As much of a container definition as is used here, in the words of the ECS API. */
export interface ContainerDefinition {
  name: string;
  image: string;
  essential: boolean;
  entryPoint?: readonly string[];
  command?: readonly string[];
  memory?: number;
  user: string;
  readonlyRootFilesystem: true;
  linuxParameters: { initProcessEnabled?: boolean; capabilities: typeof noCapabilities };
  mountPoints?: readonly { sourceVolume: string; containerPath: string; readOnly: boolean }[];
  portMappings?: readonly { containerPort: number; protocol: "tcp" }[];
  environment: readonly { name: string; value: string }[];
  secrets?: readonly { name: string; valueFrom: string }[];
  healthCheck: { command: readonly string[]; interval: number; timeout: number; retries: number; startPeriod: number };
  stopTimeout: number;
  dependsOn?: readonly { containerName: string; condition: "START" }[];
  logConfiguration: { logDriver: "awslogs"; options: Record<string, string> };
}

/**
 * None of Linux's privileges. ECS hands a list that was left out back as an empty one, and the provider takes that for another definition:
 * without `add` each update would be a new revision and a deployment (terraform-aws-braintrust-data-plane pull request 335).
 */
export const noCapabilities = { add: [], drop: ["ALL"] } as const;

/** What the service's own container is made from. */
export interface ServiceContainer {
  imageUri: string;
  entryPoint?: readonly string[];
  command?: readonly string[];
  user: string;
  port: number;
  healthPath: string;
  graceSeconds: number;
  stopTimeoutSeconds: number;
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  traced: boolean;
  /** Whether people may run commands in it. */
  commands: boolean;
  region: string;
  logGroupName: string;
}

/** The name by which the load balancer knows the service's container. */
export const serviceContainerName = "service";

/**
 * The service's own container: no root, no capabilities, nothing it may write to, an init process that reaps children and
 * passes signals on, and time to finish what it was asked before it is killed.
 */
export function serviceContainer(args: ServiceContainer): ContainerDefinition {
  return {
    name: serviceContainerName,
    image: args.imageUri,
    essential: true,
    ...(args.entryPoint && { entryPoint: args.entryPoint }),
    ...(args.command && { command: args.command }),
    user: args.user,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: noCapabilities },
    ...(args.commands && { mountPoints: commandMounts }),
    portMappings: [{ containerPort: args.port, protocol: "tcp" }],
    environment: pairs(args.environment).map(([name, value]) => ({ name, value })),
    secrets: pairs(args.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    healthCheck: {
      command: ["CMD", "/var/lang/bin/node", "-e", stillAnswers(args.port, args.healthPath)],
      interval: 10,
      timeout: 5,
      retries: 3,
      startPeriod: args.graceSeconds,
    },
    stopTimeout: args.stopTimeoutSeconds,
    ...(args.traced && { dependsOn: [{ containerName: "collector", condition: "START" }] }),
    logConfiguration: containerLogs(args.region, args.logGroupName, serviceContainerName),
  };
}

/** Lines go to one group that exists already. A full buffer loses lines instead of stopping the service. */
export const containerLogs = (region: string, logGroupName: string, prefix: string) => ({
  logDriver: "awslogs" as const,
  options: {
    "awslogs-group": logGroupName,
    "awslogs-region": region,
    "awslogs-stream-prefix": prefix,
    mode: "non-blocking",
    "max-buffer-size": "4m",
  },
});

// By Node, which the image has for certain: a shell and curl are the base image's business, and may go with its next version. Any answer
// is life, also the one that says the task is not ready yet: whether it gets traffic is for the load balancer to find out.
const stillAnswers = (port: number, path: string) =>
  `fetch("http://127.0.0.1:${port}${path}",{signal:AbortSignal.timeout(4000)}).then(()=>process.exit(0),()=>process.exit(1))`;

// In one order: another order of the same variables would be a new revision.
const pairs = (values: Readonly<Record<string, string>>) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
