import { actionsOf } from "../../calls/operations.ts";
import { catalogue } from "../../data/catalogue.ts";
import type { Resource } from "../../resource.ts";
import { entries, flag, items, json, read, text } from "../reading.ts";
import type { Need, Question } from "./needs.ts";

/**
 * What a state machine asks of its role: the calls of its tasks, and its log and traces. From the Step Functions developer guide,
 * "Integrating services", "Using CloudWatch Logs to log execution history" and "Tracing state machine executions using AWS X-Ray".
 */
export const stateMachineQuestions = (one: Resource): Question[] => [
  {
    *ask() {
      const definition = json(one.props, "definition");
      if (entries(definition, "States").length === 0) yield { unread: `what ${one.name} does` };
      for (const [name, resource] of tasksIn(definition)) yield taskNeeds(resource, `the state ${name} of ${one.name}`);
    },
  },
  {
    about: delivering,
    *ask() {
      const level = text(one.props, "loggingConfiguration.level");
      if (level !== undefined && level !== "OFF") yield { actions: delivering, who: `the log of ${one.name}` };
    },
  },
  {
    about: tracing,
    *ask() {
      if (flag(one.props, "tracingConfiguration.enabled"))
        yield { actions: tracing, who: `the tracing of ${one.name}` };
    },
  },
  {
    about: ["kms:Decrypt", "kms:GenerateDataKey"],
    *ask() {
      if (text(one.props, "encryptionConfiguration.kmsKeyId"))
        yield { actions: [], may: ["kms:Decrypt", "kms:GenerateDataKey"], who: `the key of ${one.name}` };
    },
  },
];

/** Name and resource of every task, at any depth: branches of parallel states and what is done for each item of a map. */
function* tasksIn(machine: unknown): Generator<readonly [name: string, resource: string]> {
  for (const [name, state] of entries(machine, "States")) {
    if (text(state, "Type") === "Task") yield [name, text(state, "Resource") ?? ""];
    for (const inner of [...items(state, "Branches"), read(state, "Iterator"), read(state, "ItemProcessor")])
      yield* tasksIn(inner);
  }
}

function taskNeeds(resource: string, who: string): Need {
  const [, , service = "", , , kind = "", ...rest] = resource.split(":");
  if (service === "lambda") return { actions: ["lambda:InvokeFunction"], on: resource, who };
  if (service !== "states") return { unread: `what ${who} calls` };
  if (kind === "activity") return { actions: [], who };
  const [owner = "", call = ""] = kind === "aws-sdk" ? rest : [kind, ...rest];
  const [operation = "", way] = call.split(".");
  if (owner === "http") return { actions: ["states:InvokeHTTPEndpoint"], may: connecting, who };
  const prefix = renamed[owner] ?? catalogue.service(owner)?.prefix;
  const needs =
    prefix === undefined ? undefined : actionsOf(prefix, `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`);
  // waiting for the end of a job asks for rules and for looking at it, which differ from service to service
  return needs && !way?.startsWith("sync") ? { ...needs, who } : { unread: `what ${who} calls` };
}

/** Services that integrations name otherwise than policies do. */
const renamed: Readonly<Record<string, string>> = {
  sfn: "states",
  eventbridge: "events",
  cloudwatchlogs: "logs",
  elasticloadbalancingv2: "elasticloadbalancing",
  efs: "elasticfilesystem",
  emr: "elasticmapreduce",
  sesv2: "ses",
};

const delivering = [
  "CreateLogDelivery",
  "GetLogDelivery",
  "UpdateLogDelivery",
  "DeleteLogDelivery",
  "ListLogDeliveries",
]
  .concat(["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"])
  .map((action) => `logs:${action}`);
const tracing = ["PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"].map(
  (action) => `xray:${action}`,
);
const connecting = [
  "events:RetrieveConnectionCredentials",
  "secretsmanager:GetSecretValue",
  "secretsmanager:DescribeSecret",
];
