import type { Node } from "../graph.ts";

/** A revision of a task, as the graph describes it. */
export interface TaskRevision {
  /** Its ARN, which ends in its number: `...:task-definition/slipway-dev-patients:1`. */
  taskDefinition: string;
  /** Module the container starts, relative to the app: `hosts/server.ts`. */
  module: string;
  environment: Record<string, string>;
  memoryMiB: number;
  /** Seconds between SIGTERM and SIGKILL. */
  stopTimeoutSeconds: number;
  logGroup: string;
  region: string;
}

/** A service on Fargate, as the graph describes it. */
export interface ServiceSpec extends TaskRevision {
  /** Physical name. */
  serviceName: string;
  /** The group its tasks are in, by its ARN. */
  targetGroupArn: string;
  /** Whether it begins without tasks, as the one of two slots that has no traffic. */
  idle: boolean;
}

/** The number of a revision, which is the version that people know. */
export const versionOf = ({ taskDefinition }: TaskRevision): string => taskDefinition.split(":").at(-1)!;

/** Every service of the graph. Fails on one whose task or container the graph does not hold. */
export function readServices(nodes: Node[]): ServiceSpec[] {
  return nodes.filter(({ type }) => type === "aws:ecs/service:Service").map((service) => readService(service, nodes));
}

function readService({ name, inputs, outputs }: Node, nodes: Node[]): ServiceSpec {
  const task = nodes.find(
    (node) => node.type === "aws:ecs/taskDefinition:TaskDefinition" && node.outputs.arn === inputs.taskDefinition,
  );
  if (!task) throw new Error(`service "${name}" runs ${inputs.taskDefinition}, which is not part of the stack: add it`);
  const [balanced] = inputs.loadBalancers ?? [];
  const containers = JSON.parse(task.inputs.containerDefinitions) as Container[];
  const container = containers.find((one) => one.name === balanced?.containerName);
  if (!container)
    throw new Error(`service "${name}" has no container that a load balancer calls: give loadBalancers one`);
  return {
    serviceName: outputs.name ?? inputs.name ?? name,
    taskDefinition: task.outputs.arn,
    module: moduleOf(name, container),
    environment: Object.fromEntries((container.environment ?? []).map(({ name: key, value }) => [key, value])),
    memoryMiB: Number(task.inputs.memory),
    stopTimeoutSeconds: container.stopTimeout ?? 30,
    logGroup: container.logConfiguration?.options["awslogs-group"] ?? "",
    region: container.logConfiguration?.options["awslogs-region"] ?? "",
    targetGroupArn: balanced.targetGroupArn,
    idle: inputs.desiredCount === 0,
  };
}

interface Container {
  name: string;
  command?: string[];
  environment?: { name: string; value: string }[];
  stopTimeout?: number;
  logConfiguration?: { options: Record<string, string> };
}

/** What the image starts as a bundle is a module with types here. */
function moduleOf(service: string, { command }: Container): string {
  const [, module] = /^([\w/-]+)\.m?js$/.exec(command?.[0] ?? "") ?? [];
  if (!module)
    throw new Error(
      `service "${service}" must have a command that is a module, got ${JSON.stringify(command)}: use such as hosts/server.mjs`,
    );
  return `${module}.ts`;
}
