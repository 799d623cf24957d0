import type { Place } from "../names.ts";
import type { FurtherAlarm } from "./rollout-plan.ts";
import type { Connect } from "./shift/aws-ports.ts";
import type { OnAlarmAtStart, OnConflict } from "./shift/rules.ts";
import type { Tier } from "../tier.ts";

/** What rollouts take, whatever they move the traffic of. */
export interface SteppedArgs {
  place: Place;
  /** How soon a rollback alarm fires. Defaults to prod. */
  tier?: Tier;
  /** Per cents of the traffic that a new version gets, one after the other, rising to 100. Defaults to 10, 50, 100. */
  steps?: readonly number[];
  /** Minutes each step must stay quiet. Defaults to the least: two more than the slowest rollback alarm needs. */
  bakeMinutes?: number;
  /** Alarms that roll back besides those on the new version. Defaults to none. */
  alarms?: readonly FurtherAlarm[];
  /** What to do when a rollback alarm fires before the shift begins: refuse it, or go on without that alarm. Defaults to refuse. */
  onAlarmAtStart?: OnAlarmAtStart;
  /** What to do when another shift is under way: wait for it, cancel it and take its traffic back, or refuse. Defaults to wait. */
  onConflict?: OnConflict;
  /** Days the log of the shifts is kept. Defaults to 30. */
  logRetentionDays?: number;
  /** How the hook talks to AWS. Defaults to the SDK with the credentials of the environment. */
  connect?: Connect;
}
