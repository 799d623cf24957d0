import { DescribeAlarmsCommand, type CloudWatchClient, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { AlarmStates } from "./ports.ts";

/** Names that one request may hold. */
const batch = 100;

export function alarmStates(client: Pick<CloudWatchClient, "send">): AlarmStates {
  const described = async (names: readonly string[]) => {
    const found: MetricAlarm[] = [];
    for (let at = 0; at < names.length; at += batch) {
      const AlarmNames = names.slice(at, at + batch);
      const { MetricAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ["MetricAlarm"], MaxRecords: batch }),
      );
      found.push(...MetricAlarms);
    }
    return found;
  };
  return {
    async states(names) {
      const alarms = await described(names);
      return Object.fromEntries(alarms.map(({ AlarmName, StateValue }) => [AlarmName!, StateValue!]));
    },
    async versions(names) {
      const alarms = await described(names);
      return Object.fromEntries(alarms.map((alarm) => [alarm.AlarmName!, versionsIn(alarm)]));
    },
  };
}

/** Names of the dimensions that tell versions apart: Lambda's, and that of what is counted in a log. */
const versionDimensions = ["ExecutedVersion", "Version"];

function versionsIn({ Metrics = [] }: MetricAlarm): string[] {
  const dimensions = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []);
  const versions = dimensions.filter(({ Name = "" }) => versionDimensions.includes(Name)).map(({ Value }) => Value!);
  return [...new Set(versions)];
}
