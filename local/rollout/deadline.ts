import { availableParallelism, loadavg } from "node:os";

/** Exit code of whoever could not do it now and may try again, as sysexits.h has it: EX_TEMPFAIL. */
const busyCode = 75;

/** What wants a processor, for each that there is, on a machine that is busy with more than a demo: that has about one of them. */
const busyShare = 1.5;

/** Seconds a demo may take with minutes that are so many seconds long: 50 for the usual ones, of which a quiet machine needs 20. */
export const longestSeconds = (minute: number) => 10 + 100 * minute;

/**
 * What is to be said of a demo that is not over in time, and its exit code. On a machine that was busy all the while (`load` is the
 * average of a minute) that proves nothing; on a quiet one, and where nobody counts the load, something is wrong.
 */
export function outOfTime(
  seconds: number,
  load = loadavg()[0]!,
  processors = availableParallelism(),
): { code: number; text: string } {
  if (load > busyShare * processors) {
    const what = `the machine is too busy, with ${load.toFixed(1)} at work on ${processors} processors`;
    return { code: busyCode, text: `${what}: gave up after ${seconds} s; try again later, or with a longer --minute` };
  }
  return { code: 1, text: `not over after ${seconds} s although the machine is not busy: something hangs` };
}
