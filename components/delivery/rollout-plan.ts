import type { Tier } from "../tier.ts";
import type { RollbackTrigger } from "./rollback-triggers.ts";
import { wholeNumberIn } from "../validated.ts";

/** An alarm of somebody else's that takes a new version off the traffic as well. */
export interface FurtherAlarm {
  /** Name of a metric alarm that exists, or that this program makes. */
  name: string;
  /** Minutes of trouble after which it fires: its periods times their length. */
  minutes: number;
}

/** A step that is watched longer than a day is forgotten. */
const longestBakeMinutes = 24 * 60;

/**
 * Minutes that all steps may take together. Step Functions fails an execution at 25,000 events without a chance to give anything back,
 * and one look at the alarms takes 11 of them; this leaves room for retries.
 */
const mostMinutes = 2000;

// Metrics of a minute are there about two minutes after it has ended.
const metricDelayMinutes = 2;

/** `steps` as given. Fails unless they are whole per cents that rise to 100, and on more than that for what takes no weights. */
export function checkedSteps(steps: readonly number[], weighted = true): readonly number[] {
  const rise = steps.every((step, at) => Number.isInteger(step) && step > (steps[at - 1] ?? 0));
  if (!rise || steps.at(-1) !== 100) {
    throw new Error(
      `steps must be whole per cents that rise to 100, got [${steps.join(", ")}]: use [10, 50, 100] or [100]`,
    );
  }
  if (!weighted && steps.length > 1) {
    throw new Error(
      `steps [${steps.join(", ")}] divide the traffic of an alias that takes no weights: use [100], or give up its provisioned concurrency`,
    );
  }
  return steps;
}

/** The shortest bake in which every alarm can fire, in minutes: the slowest one's window and the delay of the metrics. */
export function shortestBake(
  triggers: readonly RollbackTrigger[],
  tier: Tier,
  further: readonly FurtherAlarm[] = [],
): number {
  const windows = [...triggers.map((trigger) => trigger.minutes[tier]), ...further.map(({ minutes }) => minutes)];
  return Math.max(...windows) + metricDelayMinutes;
}

/**
 * `bakeMinutes` as given, or the shortest there can be. Fails when an alarm could not fire within it, and when so many steps would take
 * longer than an execution can.
 */
export function checkedBake(given: number | undefined, shortest: number, steps: number): number {
  const bakeMinutes = given ?? shortest;
  wholeNumberIn("bakeMinutes", given, 1, longestBakeMinutes);
  if (bakeMinutes < shortest) {
    throw new Error(
      `bakeMinutes ${bakeMinutes} is over before the slowest alarm can fire: use ${shortest} or more, or a faster alarm`,
    );
  }
  if (steps * bakeMinutes > mostMinutes) {
    throw new Error(
      `bakeMinutes ${bakeMinutes} in ${steps} steps makes ${steps * bakeMinutes} minutes, and a shift ends within ${mostMinutes}: use fewer steps or shorter bakes`,
    );
  }
  return bakeMinutes;
}

/** Alarms that one call of DescribeAlarms may name. */
const mostAlarms = 100;

/** The further alarms as given. Fails on one that is no name, is named twice, or has no window, and on too many of them. */
export function checkedAlarms(alarms: readonly FurtherAlarm[], own: readonly string[]): readonly FurtherAlarm[] {
  const seen = new Set(own);
  for (const { name, minutes } of alarms) {
    if (!/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(name)) {
      throw new Error(`alarms has the name "${name}": give the name of a metric alarm, not its ARN or a pattern`);
    }
    if (seen.has(name)) throw new Error(`alarms has "${name}" twice: remove one`);
    wholeNumberIn(`alarms "${name}" minutes`, minutes, 1, longestBakeMinutes);
    seen.add(name);
  }
  if (seen.size > mostAlarms) {
    throw new Error(
      `alarms has ${alarms.length} names, ${mostAlarms - own.length} can be watched: combine or leave out some`,
    );
  }
  return alarms;
}
