import { taskSeconds } from "../states.ts";
import type { Clock } from "./clock.ts";
import type { Execution, Executions, ExecutionStatus, Serving, Traffic } from "./ports.ts";

/** So long after the stop of an execution a call that it was in the middle of may still land: as long as one may take, and be seen. */
export const lateCallSeconds = taskSeconds + 10;

/** Whether an execution ended wherever it was, which may be in the middle of a call. */
export const wasStopped = (status: ExecutionStatus) => status === "ABORTED" || status === "TIMED_OUT";

const lookSeconds = 5;
const attempts = 5;

export interface Settling {
  traffic: Pick<Traffic, "serving">;
  clock: Clock;
  /** How long it is looked at, in milliseconds since 1970; one look is taken in any case. */
  until: number;
  /** Whether the traffic is where it must not be. */
  wrong(serving: Serving): boolean;
  /** Puts it right, as far as it is still as it was seen. */
  mend(serving: Serving): Promise<void>;
  /** A shift that has begun since, and moves the traffic on purpose: nothing is put right any more. Defaults to none. */
  begun?(): Promise<Execution | undefined>;
}

/**
 * Sees to it that the traffic is where it should be, and stays there: Step Functions does not recall the call that a stopped execution is
 * in the middle of, and what that moves nobody watches. Returns how it is in the end; undefined when there is nothing that could have
 * traffic. Fails when AWS goes on refusing, and when something goes on moving it.
 */
export async function settle({ traffic, clock, until, wrong, mend, begun }: Settling): Promise<Serving | undefined> {
  for (let failures = 0, mended = 0; ;) {
    try {
      const serving = await traffic.serving();
      if (!serving) return undefined;
      if (!wrong(serving)) {
        if (clock.now() >= until) return serving;
        await clock.sleep(lookSeconds);
        continue;
      }
      if (await begun?.()) return serving;
      if (mended === attempts) break;
      await mend(serving);
      mended++;
      await clock.sleep(1);
    } catch (error) {
      if (++failures === attempts) throw error;
      await clock.sleep(2 ** failures);
    }
  }
  throw new Error("something goes on moving it");
}

/**
 * The first shift under way that is none of those that were stopped. A late call of theirs moves the traffic as a new shift does, but only
 * the new one is under way.
 */
export async function begunSince(
  stopped: readonly Pick<Execution, "arn">[],
  executions: Pick<Executions, "running">,
): Promise<Execution | undefined> {
  return (await executions.running()).find(({ arn }) => stopped.every((known) => known.arn !== arn));
}

/** Whether a version has all the traffic, and something that runs to answer it. */
export const hasAll = ({ version, weights, empty }: Serving, wanted: string) =>
  version === wanted && Object.keys(weights).length === 0 && !empty;

/** The versions with traffic, for people: `13`, or `13 and 14`. */
export const shownVersions = ({ version, weights }: Serving) => [version, ...Object.keys(weights)].join(" and ");
