import {
  aliasArn,
  alarmArn,
  ecsServiceArn,
  functionArn,
  loadBalancingArn,
  roleArn,
  taskFamilyArn,
} from "../iam/arns.ts";
import type { Statement } from "../iam/document.ts";
import { sendTraces } from "../iam/grants.ts";
import type { Place } from "../names.ts";
import { slotsTag } from "../service/slots.ts";

/** What the state machine of one workload acts on. */
export interface RolloutReach {
  place: Place;
  /** What it needs to move the traffic. */
  moves: readonly Statement[];
  /** Names of the alarms it reads. */
  alarms: readonly string[];
  /** What the smoke test invokes: a function and its alias; none where nothing is invoked. */
  tester?: { functionName: string; alias?: string };
}

/** Everything the state machine may do: move the traffic of one workload, read its alarms, run one smoke test, log and trace. */
export function rolloutPermissions({ place, moves, alarms, tester }: RolloutReach): Statement[] {
  const statements: Statement[] = [
    ...moves,
    {
      sid: "ReadAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: alarms.map((name) => alarmArn(place, name)),
    },
  ];
  if (tester) {
    const { functionName, alias } = tester;
    const resources = [alias ? aliasArn(place, functionName, alias) : functionArn(place, functionName)];
    statements.push({ sid: "SmokeTest", actions: ["lambda:InvokeFunction"], resources });
  }
  return [...statements, deliverLogs, sendTraces, readSampling];
}

/** To move the aliases of one function: IAM knows `lambda:UpdateAlias` on the function only, not on one of its aliases. */
export const moveAliases = (place: Place, functionName: string): Statement[] => [
  { sid: "ShiftTraffic", actions: ["lambda:UpdateAlias"], resources: [functionArn(place, functionName)] },
];

/** What is moved of two slots: exact services, and the one rule that carries the name of the family as a tag. */
export interface SlotReach {
  place: Place;
  clusterName: string;
  family: string;
  /** Names of the two roles of the family's tasks. */
  roleNames: readonly string[];
  serviceNames: readonly string[];
}

/**
 * To move two slots. AWS invents the ids of listener rules, so the tag says which one it is. Nothing but revisions of the one family may
 * be loaded; whoever only changes the number of tasks names none. Naming a revision passes its roles on: ECS refuses an update without
 * that right (keidarcy/e1s#430), although its authorization reference does not say so.
 */
export function moveSlots({ place, clusterName, family, roleNames, serviceNames }: SlotReach): Statement[] {
  const resources = serviceNames.map((name) => ecsServiceArn(place, clusterName, name));
  return [
    {
      sid: "LookAtTraffic",
      actions: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetHealth"],
      resources: ["*"],
    },
    {
      sid: "ShiftTraffic",
      actions: ["elasticloadbalancing:ModifyRule"],
      resources: [loadBalancingArn(place, "listener-rule/app/*")],
      conditions: { StringEquals: { [`aws:ResourceTag/${slotsTag}`]: family } },
    },
    { sid: "LookAtTasks", actions: ["ecs:DescribeServices"], resources },
    {
      sid: "LoadTasks",
      actions: ["ecs:UpdateService"],
      resources,
      conditions: { ArnLike: { "ecs:task-definition": `${taskFamilyArn(place, family)}:*` } },
    },
    {
      sid: "PassRolesToTasks",
      actions: ["iam:PassRole"],
      resources: roleNames.map((name) => roleArn(place, name)),
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    {
      sid: "StopTasks",
      actions: ["ecs:UpdateService"],
      resources,
      conditions: { Null: { "ecs:task-definition": "true" } },
    },
  ];
}

/** What Step Functions needs to log: CloudWatch Logs supports no narrower resource than `*` for any of it. */
const deliverLogs: Statement = {
  sid: "DeliverLogs",
  actions: [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  resources: ["*"],
};

/** Asking X-Ray what to trace. X-Ray supports no narrower resource than `*`. */
const readSampling: Statement = {
  sid: "ReadSampling",
  actions: ["xray:GetSamplingRules", "xray:GetSamplingTargets"],
  resources: ["*"],
};
