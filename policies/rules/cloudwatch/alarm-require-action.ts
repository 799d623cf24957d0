import { flag, items, read, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "cloudwatch-alarm-require-action",
  topic: "logging",
  holds: "an alarm tells somebody, or something, that it went off",
  why: "An alarm without an action is a red light in a room nobody enters.",
  fix: "set alarmActions, or name the alarm in a composite alarm, a rollout or a deployment",
  source: "AWS Security Hub CloudWatch.15, CloudWatch.17",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const readers = ofType(resources, ...Object.keys(alarmReaders));
    const alarms = ofType(
      resources,
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    );
    yield* about(alarms, function* ({ props }) {
      if (flag(props, "actionsEnabled") === false) return yield "actionsEnabled is false";
      if (items(props, "alarmActions").length > 0) return;
      const name = text(props, "name") ?? text(props, "alarmName") ?? "";
      if (!name || !any(readers, (reader) => mentions(reader, name)))
        yield "alarmActions is empty and nothing else reads the alarm";
    });
  },
};

// Where each kind of resource names the alarms it acts on.
const alarmReaders: Record<string, string> = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmRule",
  "aws:sfn/stateMachine:StateMachine": "definition",
  "aws:ecs/service:Service": "alarms",
};

function mentions({ type, props }: Resource, alarm: string): boolean {
  const value = read(props, alarmReaders[type] ?? "");
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return text.split(/[^\w.\-/]+/).includes(alarm);
}
