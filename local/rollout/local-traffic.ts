import type { AliasCalls, SlotCalls } from "./machine.ts";

/** The traffic of workloads of a lane that can be divided between two versions: aliases of functions, or services in two slots. */
export interface LocalTraffic {
  /** The workloads whose newest version is known here. */
  readonly names: string[];
  /** Makes a version that differs from what works in `environment`, and tells its number. */
  publish(name: string, environment: Record<string, string>): string;
  /** The version that has the traffic. */
  serving(name: string): string;
  /** What the state machine of the workload calls to move it. */
  readonly calls: AliasCalls | SlotCalls;
  /** Measures what no request tells: how many targets are healthy. Defaults to nothing. */
  measure?(name: string): void;
}
