import { text, texts } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "sns-topic-allow-alarms",
  topic: "logging",
  holds: "an alarm can be delivered to the topic it is sent to",
  why: "CloudWatch may not use the key AWS manages for SNS: the alarm goes off, the topic looks right, and no message comes.",
  fix: "encrypt the topic with a key of the stack whose policy lets cloudwatch.amazonaws.com use it",
  source: "Amazon CloudWatch user guide, alarms and encrypted SNS topics",
  severity: "high",
  level: "mandatory",
  *checkStack(resources) {
    const alarms = ofType(
      resources,
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    );
    yield* about(ofType(resources, "aws:sns/topic:Topic"), function* (topic) {
      if (!/(?:^|[:/])alias\/aws\/sns$/.test(text(topic.props, "kmsMasterKeyId") ?? "")) return;
      if (any(alarms, (alarm) => notifies(alarm, topic))) yield "alarms are sent to it, and its key is alias/aws/sns";
    });
  },
};

const notifies = ({ props }: Resource, topic: Resource): boolean =>
  texts(props, "alarmActions").some((arn) => arn.split(":").at(-1) === text(topic.props, "name"));
