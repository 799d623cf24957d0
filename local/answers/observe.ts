import { createHash } from "node:crypto";
import { account, arn, named, type Answers } from "./account.ts";

/** A UUID as AWS invents them, but the same for the same `seed`. */
function invented(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** What AWS answers for CloudWatch, Step Functions, SNS, SQS, KMS and X-Ray. */
export const observeAnswers: Answers = {
  "aws:cloudwatch/logGroup:LogGroup": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("logs", `log-group:${named(name, inputs)}`),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("cloudwatch", `alarm:${named(name, inputs)}`),
  }),
  "aws:cloudwatch/eventRule:EventRule": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("events", `rule/${named(name, inputs)}`),
  }),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (name, inputs) => ({ id: named(name, inputs) }),
  "aws:sfn/stateMachine:StateMachine": (name, inputs) => ({
    id: arn("states", `stateMachine:${named(name, inputs)}`),
    name: named(name, inputs),
    arn: arn("states", `stateMachine:${named(name, inputs)}`),
    status: "ACTIVE",
  }),
  "aws:cloudwatch/dashboard:Dashboard": (_name, { dashboardName }) => ({
    id: dashboardName,
    dashboardArn: arn("cloudwatch", `dashboard/${dashboardName}`, ""),
  }),
  "aws:cloudwatch/queryDefinition:QueryDefinition": (name, inputs) => ({
    id: named(name, inputs),
    queryDefinitionId: invented(name),
  }),
  "aws:sns/topic:Topic": (name, inputs) => ({
    id: arn("sns", named(name, inputs)),
    arn: arn("sns", named(name, inputs)),
    name: named(name, inputs),
  }),
  "aws:sns/topicPolicy:TopicPolicy": (_name, inputs) => ({ id: inputs.arn }),
  "aws:sns/topicSubscription:TopicSubscription": (name, { topic }) => ({
    id: `${topic}:${invented(name)}`,
    arn: `${topic}:${invented(name)}`,
    pendingConfirmation: true,
  }),
  "aws:kms/key:Key": (name) => ({
    id: invented(name),
    keyId: invented(name),
    arn: arn("kms", `key/${invented(name)}`),
  }),
  "aws:kms/alias:Alias": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("kms", named(name, inputs)),
  }),
  "aws:sqs/queue:Queue": (name, inputs) => {
    const queue = named(name, inputs);
    const url = `https://sqs.${account.region}.amazonaws.com/${account.accountId}/${queue}`;
    return { id: url, url, name: queue, arn: arn("sqs", queue) };
  },
  "aws:xray/group:Group": (_name, { groupName }) => {
    const group = arn(
      "xray",
      `group/${groupName}/${invented(groupName).replaceAll("-", "").slice(0, 26).toUpperCase()}`,
    );
    return { id: group, arn: group };
  },
  "aws:xray/samplingRule:SamplingRule": (name, inputs) => ({
    id: named(name, inputs, "ruleName"),
    arn: arn("xray", `sampling-rule/${named(name, inputs, "ruleName")}`),
  }),
};
