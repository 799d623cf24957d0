import type { Node } from "../graph.ts";
import type { AliasTable } from "../lambda/aliases.ts";
import type { FunctionSpec } from "../lambda/function-spec.ts";
import type { InvocationReport, LogLine } from "../lambda/invocation.ts";
import type { LambdaHost } from "../lambda/lambda-host.ts";
import { LocalAlarms } from "./alarms.ts";
import { LogFilters } from "./log-filter.ts";
import { runMachine, type AliasCalls, type EnteredState, type MachineEnd } from "./machine.ts";
import { Metrics } from "./metrics.ts";

export interface LocalRolloutsOptions {
  nodes: Node[];
  functions: FunctionSpec[];
  aliases: AliasTable;
  host: Pick<LambdaHost, "publish" | "invoke">;
  /** How long a minute of a rollout takes here, in milliseconds. Defaults to a minute. */
  minuteMillis?: number;
  /** Milliseconds of a clock that runs at the usual speed. Defaults to the machine's. */
  now?: () => number;
}

/** Whoever watches a shift. */
export interface ShiftWatch {
  onEntered?: (entered: EnteredState) => void;
  /** Called before each look at the alarms, which waits for it. */
  beforeLook?: () => Promise<void>;
}

interface Rolled {
  definition: string;
  alarms: string[];
}

/** New versions of the functions of a lane, and the rollouts the graph holds for them. */
export class LocalRollouts {
  readonly alarms: LocalAlarms;
  readonly #options: LocalRolloutsOptions;
  readonly #metrics = new Metrics();
  readonly #filters: LogFilters;
  readonly #specs: Map<string, FunctionSpec>;
  readonly #minuteMillis: number;
  readonly #begun: number;
  readonly #now: () => number;

  constructor(options: LocalRolloutsOptions) {
    this.#options = options;
    this.#minuteMillis = options.minuteMillis ?? 60_000;
    this.#now = options.now ?? Date.now;
    this.#begun = this.#now();
    this.#filters = new LogFilters(options.nodes, this.#metrics);
    this.#specs = new Map(options.functions.map((spec) => [spec.functionName, spec]));
    this.alarms = new LocalAlarms(options.nodes, this.#metrics, () => this.#time());
  }

  /** Counts an invocation as Lambda does: for the function, for the alias, and for the version behind the alias. */
  observe({ functionName, version, qualifier, durationMillis, errorType }: InvocationReport): void {
    const of = { FunctionName: functionName };
    const resource = qualifier === undefined ? undefined : { ...of, Resource: `${functionName}:${qualifier}` };
    for (const dimensions of [of, resource, resource && { ...resource, ExecutedVersion: version }]) {
      if (!dimensions) continue;
      const put = (metricName: string, value: number) =>
        this.#metrics.put({ namespace: "AWS/Lambda", metricName, dimensions }, value, this.#time());
      put("Invocations", 1);
      put("Errors", errorType === undefined ? 0 : 1);
      put("Duration", durationMillis);
    }
  }

  /** Counts what the graph's metric filters find in a line. */
  read(line: LogLine): void {
    this.#filters.observe(line, this.#time());
  }

  /** Publishes a version that differs from the newest in `environment`, and tells its number. */
  publish(functionName: string, environment: Record<string, string> = {}): string {
    const newest = this.#specs.get(functionName);
    if (!newest)
      throw new Error(`function "${functionName}" does not exist: use one of ${[...this.#specs.keys()].join(", ")}`);
    const version = String(Number(newest.version) + 1);
    const spec = { ...newest, version, environment: { ...newest.environment, ...environment } };
    // The next version starts from what works.
    this.#specs.set(functionName, { ...newest, version });
    this.#options.host.publish(spec);
    return version;
  }

  /** Runs the state machine that the graph holds for the function, on the aliases and alarms of this lane. */
  shift(functionName: string, to: string, { onEntered, beforeLook }: ShiftWatch = {}): Promise<MachineEnd> {
    const { aliases, host } = this.#options;
    const { definition, alarms } = this.#rollout(functionName);
    const from = aliases.find(functionName, "live")!.functionVersion;
    this.alarms.watch(alarms, to);
    const calls = {
      updateAlias: ({ FunctionName, Name, FunctionVersion, RoutingConfig }: Parameters<AliasCalls["updateAlias"]>[0]) =>
        aliases.set(FunctionName, Name, {
          functionVersion: FunctionVersion,
          additionalVersionWeights: RoutingConfig?.AdditionalVersionWeights ?? {},
        }),
      describeAlarms: async ({ AlarmNames, StateValue }: { AlarmNames: string[]; StateValue: string }) => {
        await beforeLook?.();
        const found = this.alarms.states(AlarmNames).filter(({ state }) => state === StateValue);
        return { MetricAlarms: found.map(({ name, state }) => ({ AlarmName: name, StateValue: state })) };
      },
      invoke: async ({ FunctionName, Payload }: { FunctionName: string; Payload: unknown }) => {
        const [name = "", qualifier] = FunctionName.split(":");
        const { payload, functionError } = await host.invoke(name, qualifier, Payload);
        if (functionError) throw new Error(payload);
        return { StatusCode: 200, Payload: JSON.parse(payload) };
      },
    };
    const wait = (seconds: number) => (seconds / 60) * this.#minuteMillis;
    return runMachine(definition, { from, to }, calls, { wait, onEntered }).end;
  }

  #rollout(functionName: string): Rolled {
    for (const { type, inputs } of this.#options.nodes) {
      if (type !== "aws:sfn/stateMachine:StateMachine") continue;
      const { States } = JSON.parse(inputs.definition) as {
        States: Record<string, { Parameters?: Record<string, unknown>; Result?: string[] }>;
      };
      if (States["Roll back"]?.Parameters?.FunctionName !== functionName) continue;
      return { definition: inputs.definition, alarms: States["Watch all alarms"]?.Result ?? [] };
    }
    throw new Error(`function "${functionName}" has no rollout in this stack`);
  }

  /** The time of the rollouts: a minute of it takes `minuteMillis`. */
  #time(): number {
    return this.#begun + ((this.#now() - this.#begun) * 60_000) / this.#minuteMillis;
  }
}
