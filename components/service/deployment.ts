import type * as pulumi from "@pulumi/pulumi";

/**
 * How a new revision gets the traffic. `rolling` replaces tasks a few at a time; the others start all new tasks beside the old ones and
 * move the listener: all at once, a share first, or in equal steps, which ECS does itself. `steps` are steps of any size between two
 * ECS services, as functions have them.
 */
export type Strategy = NativeStrategy | { kind: "steps" };

/** The strategies ECS has itself. */
export type NativeStrategy =
  | { kind: "rolling" }
  | { kind: "blue-green"; bakeMinutes: number }
  | { kind: "canary"; percent: number; bakeMinutes: number }
  | { kind: "linear"; percent: number; bakeMinutes: number };

export const strategyKinds = ["rolling", "blue-green", "canary", "linear", "steps"] as const;

/** Whether the strategy moves the listener between two target groups, whose weights are then not Pulumi's. */
export const shiftsTraffic = ({ kind }: Strategy): boolean => kind !== "rolling";

/** Shortest bake under alarms, in minutes: the slowest looks back five, and metrics arrive up to two late. */
const shortestBakeMinutes = 7;

/** Longest bake of a step in minutes (ECS API reference, DeploymentConfiguration). */
const longestBakeMinutes = 1440;

/** Minutes to start tasks and make them healthy, and to stop the old ones, over and above all bakes. */
const startMinutes = 20;

/** A function that ECS asks before a new revision gets production traffic. */
export interface PreTrafficHook {
  functionArn: string;
  /** What must be there before ECS may ask it. Defaults to nothing. */
  dependsOn?: readonly pulumi.Resource[];
}

/** Looks at a service before ECS deploys onto it. */
export interface Preflight {
  /** A hook that fails where no deployment may begin, given the alarms that would take it back. */
  before: (alarmNames: readonly string[]) => pulumi.ResourceHook;
}

/** Refuses what ECS would refuse in the middle of an update, and bakes that end before an alarm can fire. */
export function checkStrategy(strategy: Strategy, alarmed: boolean): Strategy {
  if (strategy.kind === "rolling" || strategy.kind === "steps") return strategy;
  const { kind, bakeMinutes } = strategy;
  const least = alarmed ? shortestBakeMinutes : 0;
  if (!Number.isInteger(bakeMinutes) || bakeMinutes < least || bakeMinutes > longestBakeMinutes) {
    const why = alarmed ? ", or it ends before a rollback alarm can fire" : "";
    throw new Error(
      `bakeMinutes of ${kind} must be a whole number from ${least} to ${longestBakeMinutes}${why}, got ${bakeMinutes}: use 10`,
    );
  }
  if (strategy.kind === "blue-green") return strategy;
  const [first, last] = strategy.kind === "canary" ? [0.1, 99.9] : [3, 100];
  if (!(strategy.percent >= first && strategy.percent <= last)) {
    throw new Error(`percent of ${kind} must be from ${first} to ${last}, got ${strategy.percent}: use 10`);
  }
  return strategy;
}

/** The strategy as ECS takes it: minutes are texts there. */
export function deploymentConfiguration(strategy: NativeStrategy) {
  if (strategy.kind === "rolling") return { strategy: "ROLLING" };
  const minutes = String(strategy.bakeMinutes);
  const bake = { bakeTimeInMinutes: minutes };
  switch (strategy.kind) {
    case "blue-green":
      return { strategy: "BLUE_GREEN", ...bake };
    case "canary": {
      const canaryConfiguration = { canaryPercent: strategy.percent, canaryBakeTimeInMinutes: minutes };
      return { strategy: "CANARY", ...bake, canaryConfiguration };
    }
    case "linear": {
      const linearConfiguration = { stepPercent: strategy.percent, stepBakeTimeInMinutes: minutes };
      return { strategy: "LINEAR", ...bake, linearConfiguration };
    }
  }
}

/**
 * How long Pulumi waits for a deployment: its bakes and the start of the tasks, with as much again for taking it back. The
 * provider's own 20 minutes end before any canary does.
 */
export function timeoutMinutes(strategy: NativeStrategy): number {
  const steps = strategy.kind === "linear" ? Math.ceil(100 / strategy.percent) : strategy.kind === "canary" ? 2 : 1;
  const bakes = strategy.kind === "rolling" ? 0 : steps * strategy.bakeMinutes;
  return bakes + 2 * startMinutes;
}
