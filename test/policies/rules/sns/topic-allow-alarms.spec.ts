import { rule } from "../../../../policies/rules/sns/topic-allow-alarms.ts";
import { laws, resource } from "../../laws.ts";

const topic = (kmsMasterKeyId: string) =>
  resource("aws:sns/topic:Topic", { name: "slipway-prod-page", kmsMasterKeyId });
const alarm = (name: string) =>
  resource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { alarmActions: [`arn:aws:sns:eu-west-1:123456789012:${name}`] },
    { name: "alarm" },
  );

laws(rule, {
  violates: {
    "an alarm sent to a topic under the key of AWS": {
      of: [topic("alias/aws/sns"), alarm("slipway-prod-page")],
      says: "its key is alias/aws/sns",
    },
  },
  passes: {
    "a key of the stack": { of: [topic("alias/slipway-prod-alarms"), alarm("slipway-prod-page")] },
    "a topic no alarm is sent to": { of: [topic("alias/aws/sns"), alarm("slipway-prod-page-2")] },
  },
});
