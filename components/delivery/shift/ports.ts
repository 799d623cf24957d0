import type { RolloutInput } from "../state-machine.ts";
import type { Clock } from "./clock.ts";

/** Where the traffic of a workload goes. */
export interface Serving {
  /** The version that gets what no weight says otherwise. */
  version: string;
  /** Shares, 0 to 1, of further versions. */
  weights: Readonly<Record<string, number>>;
  /** Slot that the next version goes into; undefined where versions have none. */
  idle?: string;
  /** Whether nothing runs that could answer, as in a slot that was stopped; it cannot happen to a function. */
  empty?: boolean;
  /** Tasks that run without traffic, as in a slot that scaling has lifted after it was stopped; it cannot happen to a function. */
  spare?: { clusterName: string; service: string; tasks: number };
  /** What AWS calls this state of things, where it has a word for it. */
  revision?: string;
}

/** What can be asked of the traffic, and done to it at once. */
export interface Traffic {
  /** Undefined while there is nothing that could have traffic. */
  serving(): Promise<Serving | undefined>;
  exists(version: string): Promise<boolean>;
  /** Gives everything to one version. Fails when the traffic is not as it was `seen` any more; without that it is moved in any case. */
  giveAll(version: string, seen?: Serving): Promise<void>;
}

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** One run of the state machine. */
export interface Execution {
  arn: string;
  status: ExecutionStatus;
  input: RolloutInput;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** How it failed. */
  error?: string;
  cause?: string;
}

/** The state an execution entered last, with the data it entered it with. */
export interface Entered {
  state: string;
  data: unknown;
}

export interface Executions {
  /** Those under way. */
  running(): Promise<Execution[]>;
  /** Those under way and the latest that have ended, the last one first. */
  all(): Promise<Execution[]>;
  /** Starts one; undefined when a finished one has that name. The same name and input again give the one that runs. */
  start(name: string, input: RolloutInput): Promise<string | undefined>;
  /** The one that has, or had, this name. */
  named(name: string): Promise<Execution | undefined>;
  /** The latest one to this version, under way or ended. */
  latestTo(version: string): Promise<Execution | undefined>;
  describe(arn: string): Promise<Execution>;
  /** Undefined before the first state. */
  lastEntered(arn: string): Promise<Entered | undefined>;
  stop(arn: string, reason: string): Promise<void>;
  /** Where people look at it. */
  link(arn: string): string;
}

export interface AlarmStates {
  /** State by name of those alarms that exist: OK, ALARM or INSUFFICIENT_DATA. */
  states(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The versions of a function that each of them looks at, by name. */
  versions(names: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>>;
}

/** Everything the hook needs of the world. */
export interface ShiftPorts extends Clock {
  traffic: Traffic;
  executions: Executions;
  alarms: AlarmStates;
  /** Says one line to whoever runs the update. */
  say(line: string): void;
}
