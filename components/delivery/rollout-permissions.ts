import { aliasArn, alarmArn, functionArn } from "../iam/arns.ts";
import type { Statement } from "../iam/document.ts";
import { sendTraces } from "../iam/grants.ts";
import type { Place } from "../names.ts";

/** What the state machine of one workload acts on. */
export interface RolloutReach {
  place: Place;
  functionName: string;
  /** Names of the alarms it reads. */
  alarms: readonly string[];
  /** What the smoke test invokes: a function and its alias; none without a smoke test. */
  smokeTest?: { functionName: string; alias?: string };
}

/**
 * Everything the state machine may do: move the aliases of one function, read its alarms, run one smoke test, log and trace.
 * IAM knows `lambda:UpdateAlias` on the function only, not on one of its aliases.
 */
export function rolloutPermissions({ place, functionName, alarms, smokeTest }: RolloutReach): Statement[] {
  const statements: Statement[] = [
    { sid: "ShiftTraffic", actions: ["lambda:UpdateAlias"], resources: [functionArn(place, functionName)] },
    {
      sid: "ReadAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: alarms.map((name) => alarmArn(place, name)),
    },
  ];
  if (smokeTest) {
    const { functionName: tester, alias } = smokeTest;
    const resources = [alias ? aliasArn(place, tester, alias) : functionArn(place, tester)];
    statements.push({ sid: "SmokeTest", actions: ["lambda:InvokeFunction"], resources });
  }
  return [...statements, deliverLogs, sendTraces, readSampling];
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
