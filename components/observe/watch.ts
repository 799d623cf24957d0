import { kindOf, type Dimensions, type Objective, type Watched } from "./objectives.ts";
import type { Tier } from "../tier.ts";

/** Where a metric lives. */
export interface MeasuredAt {
  namespace: string;
  dimensions: Dimensions;
}

/** One objective of one resource, with its numbers worked out. */
export interface Watch {
  /** Name of the alarm: the resource and what is watched. */
  alarmName: string;
  resource: string;
  kind: Watched["kind"];
  /** Where each metric of the objective lives, by the name under which the objective's expression knows it. */
  metrics: Readonly<Record<string, MeasuredAt>>;
  objective: Objective;
  /** Bound in the metric's own unit. */
  threshold: number;
}

/** Every objective of every resource, in the order given. Fails on a limit from which no bound follows, and on a resource twice. */
export function watchesOf(resources: readonly Watched[], tier: Tier): Watch[] {
  const watches = resources.flatMap((watched) => {
    const kind = kindOf(watched);
    const resource = kind.nameOf(watched);
    return kind.objectives.map((objective) => ({
      alarmName: `${resource}-${objective.id}`,
      resource,
      kind: watched.kind,
      metrics: Object.fromEntries(
        Object.entries(objective.metrics).map(([id, metric]) => [
          id,
          { namespace: metric.namespace ?? kind.namespace, dimensions: kind.dimensions(watched, metric) },
        ]),
      ),
      objective,
      threshold: boundOf(resource, objective, tier, kind.limits(watched)),
    }));
  });
  const twice = watches.find(({ alarmName }, i) => watches.findIndex((other) => other.alarmName === alarmName) !== i);
  if (twice) {
    throw new Error(`resources has "${twice.resource}" twice: remove one, its alarms would share names`);
  }
  return watches;
}

function boundOf(
  resource: string,
  { id, of, threshold }: Objective,
  tier: Tier,
  limits: Partial<Record<string, number>>,
) {
  if (of === undefined) return threshold[tier];
  const limit = limits[of];
  if (limit === undefined || !(limit > 0)) {
    throw new Error(
      `resources has "${resource}" with ${of} ${limit}: give a positive number, its ${id} alarm is a share of it`,
    );
  }
  return Math.floor(threshold[tier] * limit);
}
