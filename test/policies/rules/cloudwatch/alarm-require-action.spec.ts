import { rule } from "../../../../policies/rules/cloudwatch/alarm-require-action.ts";
import { laws, resource } from "../../laws.ts";

const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";
const alarm = (props: object) => resource("aws:cloudwatch/metricAlarm:MetricAlarm", { name: "api-errors", ...props });
const composite = (alarmRule: string) =>
  resource(
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    { alarmName: "all", alarmRule, alarmActions: [topic] },
    { name: "all" },
  );

laws(rule, {
  violates: {
    "no action": { of: [alarm({})], says: "alarmActions is empty" },
    "actions switched off": {
      of: [alarm({ alarmActions: [topic], actionsEnabled: false })],
      says: "actionsEnabled is false",
    },
    "a composite alarm that reads another": {
      of: [alarm({}), composite('ALARM("api-errors-5xx")')],
      says: "alarmActions is empty",
    },
  },
  passes: {
    "an action": { of: [alarm({ alarmActions: [topic] })] },
    "a composite alarm that reads it": { of: [alarm({}), composite('ALARM("api-errors") OR ALARM("api-throttles")')] },
    "a rollout that reads it": {
      of: [
        alarm({}),
        resource(
          "aws:sfn/stateMachine:StateMachine",
          { definition: '{"AlarmNames":["api-errors"]}' },
          { name: "rollout" },
        ),
      ],
    },
  },
});
