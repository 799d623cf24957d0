import type { ObservedRequest } from "./gateway/observed.ts";
import type { Identity } from "./identity/identity.ts";
import type { LogLine } from "./lambda/invocation.ts";
import { Parts } from "./parts.ts";
import type { Preview } from "./preview.ts";
import type { LocalRollouts } from "./rollout/local-rollouts.ts";
import { serve } from "./serve.ts";
import type { Traces } from "./traces.ts";

export interface LaneOptions {
  /** Defaults to dev. */
  stack?: string;
  /** Settings over those of the stack's file, keys with their namespace. Defaults to none. */
  config?: Record<string, string>;
  /** Port of the front door; 0 takes a free one. Defaults to 8080. */
  port?: number;
  /** A PostgreSQL server to use instead of a fresh one, as its superuser. */
  databaseUrl?: string;
  /** Told of the preview, before anything is started. */
  onPreview?: (preview: Preview) => void;
  /** Told of each thing that is up. */
  onUp?: (what: string, detail: string) => void;
  onLog?: (line: LogLine) => void;
  onRequest?: (request: ObservedRequest) => void;
  /** Gets each line of the stage's access log. */
  onAccessLog?: (line: string) => void;
  /** Gives up the start, wherever it is. Has no effect on a lane that is up. */
  signal?: AbortSignal;
  /** How long a minute of a rollout takes, in milliseconds. Defaults to a minute. */
  minuteMillis?: number;
}

/** A stack that runs on this machine. */
export interface Lane {
  /** The front door. */
  url: string;
  /** Public load balancers: the name in the cloud, and where it answers here. */
  doors: { host: string; url: string }[];
  identity: Identity;
  /** What the last requests did where. */
  traces: Traces;
  /** Second versions of functions and of services in two slots, and the shifts of traffic to them. */
  rollouts: LocalRollouts;
  /** Names of the services on Fargate that have tasks here. */
  services(): string[];
  /** Ids of the services' processes alive. */
  pids(): number[];
  /** Stops everything the lane started; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Serves what the program of the stack declares, whatever the policies say of it: on a laptop a mistake may be looked at.
 * Fails when the port or the database of the caller is not to be had, when a part does not come up, and on `signal`; then
 * nothing is left running.
 */
export async function startLane(options: LaneOptions = {}): Promise<Lane> {
  const parts = new Parts();
  const giveUp = new AbortController();
  const signal = AbortSignal.any([giveUp.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    return await Promise.race([serve(options, parts, signal), aborted(signal)]);
  } catch (error) {
    giveUp.abort();
    await parts.stop();
    throw error;
  }
}

/** Never resolves. What it races against may go on for a while, and everything it still starts is stopped. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}
