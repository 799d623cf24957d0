import { DescribeAlarmsCommand, type CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { AlarmStates } from "./ports.ts";

/** Names that one request may hold. */
const batch = 100;

export function alarmStates(client: Pick<CloudWatchClient, "send">): AlarmStates {
  return {
    async states(names) {
      const found: Record<string, string> = {};
      for (let at = 0; at < names.length; at += batch) {
        const AlarmNames = names.slice(at, at + batch);
        const { MetricAlarms = [] } = await client.send(
          new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ["MetricAlarm"], MaxRecords: batch }),
        );
        for (const { AlarmName, StateValue } of MetricAlarms) found[AlarmName!] = StateValue!;
      }
      return found;
    },
  };
}
