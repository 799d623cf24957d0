/** What is to be done when another shift of the same workload is under way. */
export type OnConflict = "wait" | "cancel" | "refuse";

/** What is to be done when a rollback alarm fires before the shift begins. */
export type OnAlarmAtStart = "refuse" | "force";

/** How one workload is rolled out. */
export interface ShiftRules {
  /** The workload's name for people. */
  workload: string;
  /** How long each step is watched. */
  bakeMinutes: number;
  /** Seconds after which the state machine ends a shift, whatever happens. */
  longestSeconds: number;
  /** Whether the old version keeps what it is to have again until the last step is over, as an alias with weights does. */
  weighted: boolean;
  /** Names of the alarms that roll back, wherever the version runs. */
  alarms: readonly string[];
  /** Names of those among them that must look at the version that gets the traffic. Defaults to none. */
  versionAlarms?: readonly string[];
  /** Names of those that roll back what runs in a slot, by slot; undefined where versions have none. */
  slotAlarms?: Readonly<Record<string, readonly string[]>>;
  onAlarmAtStart: OnAlarmAtStart;
  onConflict: OnConflict;
}
