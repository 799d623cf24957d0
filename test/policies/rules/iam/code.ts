import type { Calls } from "../../../../policies/facts/calls.ts";
import { account } from "../../documents.ts";
import { resource } from "../../laws.ts";

const reading = {
  at: "app/store.ts:7",
  call: "GetObject of @aws-sdk/client-s3",
  actions: ["s3:GetObject"],
  may: ["kms:Decrypt"],
};

/** What some programs call. */
export const calls: Calls = {
  variable: "SERVICE",
  programs: {
    "hosts/none": { calls: [], unread: [] },
    "hosts/reads": { calls: [reading], unread: [] },
    "hosts/both": { calls: [{ ...reading, services: ["reports"] }], unread: [] },
    "hosts/hidden": { calls: [], unread: [{ at: "app/store.ts:9", what: "what is taken of @aws-sdk/client-s3" }] },
  },
};

/** A function's code by its command, and the service that a variable chooses. */
export function code(program: string, service?: string) {
  const variables = service === undefined ? {} : { environment: { variables: { SERVICE: service } } };
  return { imageConfig: { commands: [`hosts/${program}.handler`] }, ...variables };
}

export const logging = (logGroup: string) => ({ loggingConfig: { logGroup } });
export const inVpc = { vpcConfig: { subnetIds: ["subnet-1"] } };

/** A container of the project's image that runs a program and writes its log. */
export const container = (program: string, more: object = {}) => ({
  name: "service",
  image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:1`,
  command: [`hosts/${program}.mjs`],
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/tasks", "awslogs-region": "eu-west-1" } },
  ...more,
});

/** A container that hands traces to X-Ray. */
export const traced = (settings: object = {}) => ({
  name: "collector",
  image: "public.ecr.aws/aws-observability/aws-otel-collector:v0",
  environment: [
    {
      name: "AOT_CONFIG_CONTENT",
      value: JSON.stringify({
        exporters: { awsxray: settings },
        service: { pipelines: { traces: { exporters: ["awsxray"] } } },
      }),
    },
  ],
});

const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A task with one container, the role of its code and the role that starts it. */
export const task = (runs: string, one: object, executes = "starter") =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      ...{ family: "it", containerDefinitions: JSON.stringify([one]) },
      ...{ taskRoleArn: arn(runs), executionRoleArn: arn(executes) },
    },
    { outputs: { id: "it", arn: `arn:aws:ecs:eu-west-1:${account}:task-definition/it:1` } },
  );

/** A state machine that runs as `worker` and does what the resources of its tasks say, the last one for each item of a map. */
export const machine = (tasks: readonly string[], props: object = {}) => {
  const states = tasks.map((Resource, at) => [`Step ${at}`, { Type: "Task", Resource }] as const);
  const [last] = states.splice(-1);
  const map = { Type: "Map", ItemProcessor: { States: Object.fromEntries(last ? [last] : []) } };
  const definition = JSON.stringify({ States: { ...Object.fromEntries(states), Each: map } });
  return resource("aws:sfn/stateMachine:StateMachine", { roleArn: arn("worker"), definition, ...props });
};

/** A flow log that is given a role. */
export const flowLog = (of: string) => resource("aws:ec2/flowLog:FlowLog", { iamRoleArn: arn(of) });
