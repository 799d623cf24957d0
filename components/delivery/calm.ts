import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../names.ts";
import type { Preflight } from "../service/deployment.ts";
import { alarmStates } from "./shift/aws-alarms.ts";
import type { AlarmStates } from "./shift/ports.ts";
import type { OnAlarmAtStart } from "./shift/rules.ts";

export interface CalmArgs {
  place: Place;
  /** What to do when a rollback alarm fires before a deployment begins: refuse it, or deploy all the same. Defaults to refuse. */
  onAlarmAtStart?: OnAlarmAtStart;
  /** Where the alarms are read. Defaults to CloudWatch, with the credentials of the environment. */
  alarms?: Pick<AlarmStates, "states">;
}

/**
 * Refuses a deployment of `workload` by ECS while one of its rollback alarms fires: ECS does not take back for an alarm that fired
 * before. An alarm that does not exist yet is quiet.
 */
export function calmly(workload: string, { place, onAlarmAtStart = "refuse", alarms }: CalmArgs): Preflight {
  return {
    before(alarmNames) {
      // The client is made at its first use: never at preview.
      const look = async () => {
        if (onAlarmAtStart === "force") return;
        const states = await (alarms ?? alarmStates(new CloudWatchClient({ region: place.region }))).states(alarmNames);
        const firing = alarmNames.filter((alarm) => states[alarm] === "ALARM").join(", ");
        if (firing === "") return;
        const advice = "wait until it is quiet, or set onAlarmAtStart to force";
        throw new Error(`${workload}: ${firing} fires already, nothing was deployed: ${advice}`);
      };
      return new pulumi.ResourceHook(`${workload}-calm`, look);
    },
  };
}
