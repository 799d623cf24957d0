/** What is to be done when another shift of the same workload is under way. */
export type OnConflict = "wait" | "cancel" | "refuse";

/** What is to be done when a rollback alarm fires before the shift begins. */
export type OnAlarmAtStart = "refuse" | "force";

/** How one workload is rolled out. */
export interface ShiftRules {
  /** The workload's name for people. */
  workload: string;
  steps: readonly number[];
  bakeMinutes: number;
  /** Names of the alarms that roll back, wherever the version runs. */
  alarms: readonly string[];
  /** Names of those that roll back what runs in a slot, by slot; undefined where versions have none. */
  slotAlarms?: Readonly<Record<string, readonly string[]>>;
  /** Looks at what is made ready before the first shift, at most. Defaults to 0. */
  readyPolls?: number;
  onAlarmAtStart: OnAlarmAtStart;
  onConflict: OnConflict;
}
