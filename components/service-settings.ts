import * as pulumi from "@pulumi/pulumi";
import { map, number, oneOf, refuse, wholeNumber, yesOrNo, type Reader } from "./settings-reader.ts";
import { checkStrategy, strategyKinds, type Strategy } from "./service/deployment.ts";
import { cpuSizes, taskSize } from "./service/task-size.ts";
import type { TierDefaults } from "./tier-defaults.ts";

/** A service as a Lambda function. */
export interface FunctionSettings {
  runtime: "lambda";
  /** Memory of the function, which also sets its CPU share. */
  memoryMiB: number;
  /** How long one request may take; API Gateway gives up after 29. */
  timeoutSeconds: number;
  /** Most requests at once; undefined shares the account's pool. */
  reservedConcurrency?: number;
  /** Instances kept warm on the `live` alias. */
  provisionedConcurrency?: number;
}

/** A service as tasks on Fargate. */
export interface TaskSettings {
  runtime: "fargate";
  /** CPU units, 1024 to a vCPU. */
  cpu: number;
  /** Memory of a task. */
  memoryMiB: number;
  minTasks: number;
  maxTasks: number;
  /** Share of the tasks beyond the first on spot capacity. */
  spotPercent: number;
  /** How a new revision gets the traffic. */
  strategy: Strategy;
  /** Whether the internet reaches the service, besides the gateway. Left out where it does not. */
  public?: boolean;
}

/** What one service may be given apart from the rest. */
export type ServiceSettings = FunctionSettings | TaskSettings;

/** Everything that may stand under a service's name. */
interface Given {
  runtime: "lambda" | "fargate";
  memoryMiB: number;
  timeoutSeconds: number;
  reservedConcurrency: number;
  provisionedConcurrency: number;
  cpu: number;
  minTasks: number;
  maxTasks: number;
  spotPercent: number;
  strategy: Strategy["kind"];
  shiftPercent: number;
  bakeMinutes: number;
  public: boolean;
}

const concurrency = wholeNumber(1, 1000);
const tasks = wholeNumber(1, 1000);

const fields: { [F in keyof Given]: Reader<Given[F]> } = {
  runtime: oneOf("lambda", "fargate"),
  // Its bounds are those of the runtime.
  memoryMiB: number(),
  timeoutSeconds: wholeNumber(1, 29),
  reservedConcurrency: concurrency,
  provisionedConcurrency: concurrency,
  cpu: oneOf(...cpuSizes),
  minTasks: tasks,
  maxTasks: tasks,
  spotPercent: wholeNumber(0, 100),
  strategy: oneOf(...strategyKinds),
  shiftPercent: number(0.1, 99.9),
  bakeMinutes: wholeNumber(7, 1440),
  public: yesOrNo,
};

const ofFunctions = ["timeoutSeconds", "reservedConcurrency", "provisionedConcurrency"] as const;
const ofTasks = [
  "cpu",
  "minTasks",
  "maxTasks",
  "spotPercent",
  "strategy",
  "shiftPercent",
  "bakeMinutes",
  "public",
] as const;

/** The settings of each service in `names`, with the tier's choice where the stack file leaves something open. */
export function serviceSettings(names: readonly string[], tier: TierDefaults): Reader<Record<string, ServiceSettings>> {
  return (name, value) => {
    const given = map<Given>(names, fields)(name, value);
    return Object.fromEntries(
      names.map((service) => {
        const { runtime = "lambda", ...rest } = given[service] ?? {};
        const other = (runtime === "lambda" ? ofTasks : ofFunctions).find((key) => rest[key] !== undefined);
        if (other) refuse(`${name}.${service}.${other}`, rest[other], `left out for runtime ${runtime}`);
        const path = `${name}.${service}`;
        return [service, runtime === "lambda" ? functionSettings(path, rest) : taskSettings(path, rest, tier)];
      }),
    );
  };
}

function functionSettings(path: string, given: Partial<Given>): FunctionSettings {
  const settings: FunctionSettings = { memoryMiB: 512, timeoutSeconds: 15, ...given, runtime: "lambda" };
  // The bounds of Lambda.
  wholeNumber(128, 10_240)(`${path}.memoryMiB`, settings.memoryMiB);
  const { provisionedConcurrency: warm, reservedConcurrency: most } = settings;
  if (warm && most && warm > most)
    refuse(`${path}.provisionedConcurrency`, warm, `${most} at most, as reservedConcurrency is`);
  return settings;
}

function taskSettings(path: string, given: Partial<Given>, tier: TierDefaults): TaskSettings {
  const { cpu = 256, memoryMiB = 512, minTasks = tier.minTasks, spotPercent = 0 } = given;
  const maxTasks = wholeNumber(minTasks, 1000)(`${path}.maxTasks`, given.maxTasks ?? Math.max(minTasks, tier.maxTasks));
  const { public: open = false } = given;
  // A rule for each scope, and only one rule's traffic can be moved.
  const { strategy: kind = open ? "rolling" : tier.strategy, shiftPercent: percent = 10, bakeMinutes = 10 } = given;
  const own = (["shiftPercent", "bakeMinutes"] as const).find((key) => kind === "steps" && given[key] !== undefined);
  if (own)
    refuse(`${path}.${own}`, given[own], "left out for steps, which go by rolloutSteps and bakeMinutes of the stack");
  const strategy = named(path, () => checkStrategy(strategyOf(kind, percent, bakeMinutes), true));
  const size = named(path, () => taskSize({ cpu, memoryMiB }));
  if (open && strategy.kind !== "rolling") refuse(`${path}.strategy`, kind, "rolling where the service is public");
  return { runtime: "fargate", ...size, minTasks, maxTasks, spotPercent, strategy, ...(open && { public: open }) };
}

function strategyOf(kind: Strategy["kind"], percent: number, bakeMinutes: number): Strategy {
  switch (kind) {
    case "rolling":
    case "steps":
      return { kind };
    case "blue-green":
      return { kind, bakeMinutes };
    default:
      return { kind, percent, bakeMinutes };
  }
}

/** A refusal of `check`, with the setting it is about. */
function named<T>(path: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    // The message begins with the name of what is wrong.
    throw new pulumi.RunError(`${path}.${(error as Error).message}`);
  }
}
