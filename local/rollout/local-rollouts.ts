import type { Node } from "../graph.ts";
import type { AliasTable } from "../lambda/aliases.ts";
import type { FunctionSpec } from "../lambda/function-spec.ts";
import type { InvocationReport, LogLine } from "../lambda/invocation.ts";
import type { LambdaHost } from "../lambda/lambda-host.ts";
import { readListeners } from "../service/balancer-spec.ts";
import type { Served } from "../service/load-balancer.ts";
import { LocalAlarms } from "./alarms.ts";
import { AliasTraffic } from "./alias-traffic.ts";
import type { LocalTraffic } from "./local-traffic.ts";
import { LogFilters } from "./log-filter.ts";
import { runMachine, type EnteredState, type MachineCalls, type MachineEnd } from "./machine.ts";
import { Metrics } from "./metrics.ts";
import { rolledIn, type Rolled } from "./rolled.ts";
import { SlotTraffic, type SlotHost } from "./slot-traffic.ts";
import { TargetMetrics } from "./target-metrics.ts";

export interface LocalRolloutsOptions {
  nodes: Node[];
  functions: FunctionSpec[];
  aliases: AliasTable;
  host: Pick<LambdaHost, "publish" | "invoke">;
  /** What runs the services in two slots; asked for once one of them is to be shifted. */
  services: () => SlotHost;
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

/** New versions of the workloads of a lane, and the rollouts the graph holds for them. */
export class LocalRollouts {
  readonly alarms: LocalAlarms;
  readonly #options: LocalRolloutsOptions;
  readonly #metrics = new Metrics();
  readonly #filters: LogFilters;
  readonly #targets: TargetMetrics;
  readonly #rolled: Rolled[];
  readonly #traffic: LocalTraffic[];
  readonly #minuteMillis: number;
  readonly #begun: number;
  readonly #now: () => number;

  constructor(options: LocalRolloutsOptions) {
    const { nodes, services } = options;
    this.#options = options;
    this.#minuteMillis = options.minuteMillis ?? 60_000;
    this.#now = options.now ?? Date.now;
    this.#begun = this.#now();
    const time = () => this.#time();
    this.#filters = new LogFilters(nodes, this.#metrics);
    this.#targets = new TargetMetrics(readListeners(nodes), this.#metrics, time);
    this.#rolled = rolledIn(nodes);
    this.#traffic = [new AliasTraffic(options), new SlotTraffic(this.#rolled, services, this.#targets)];
    this.alarms = new LocalAlarms(nodes, this.#metrics, time);
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

  /** Counts a request as the load balancer in front of a service does. */
  served(request: Served): void {
    this.#targets.served(request);
  }

  /** Counts what the graph's metric filters find in a line. */
  read(line: LogLine): void {
    this.#filters.observe(line, this.#time());
  }

  /** Makes a version of a function, or a revision of a service in two slots, that differs from what works in `environment`, and tells its number. */
  publish(workload: string, environment: Record<string, string> = {}): string {
    const traffic = this.#trafficOf(workload);
    if (traffic) return traffic.publish(workload, environment);
    const known = this.#traffic.flatMap(({ names }) => names).join(", ");
    throw new Error(`function or service "${workload}" does not exist: use one of ${known}`);
  }

  /** Runs the state machine that the graph holds for the workload, on the traffic and the alarms of this lane. */
  async shift(workload: string, to: string, { onEntered, beforeLook }: ShiftWatch = {}): Promise<MachineEnd> {
    const rolled = this.#rolled.find((one) => one.workload === workload);
    const traffic = this.#trafficOf(workload);
    if (!rolled || !traffic) throw new Error(`"${workload}" has no rollout in this stack`);
    const from = traffic.serving(workload);
    this.alarms.watch(rolled.alarms, to);
    const calls: MachineCalls = {
      ...traffic.calls,
      describeAlarms: async ({ AlarmNames, StateValue }) => {
        await beforeLook?.();
        const found = this.alarms.states(AlarmNames).filter(({ state }) => state === StateValue);
        return { MetricAlarms: found.map(({ name, state }) => ({ AlarmName: name, StateValue: state })) };
      },
      invoke: async ({ FunctionName, Payload }) => {
        const [name = "", qualifier] = FunctionName.split(":");
        const { payload, functionError } = await this.#options.host.invoke(name, qualifier, Payload);
        if (functionError) throw new Error(payload);
        return { StatusCode: 200, Payload: JSON.parse(payload) };
      },
    };
    const wait = (seconds: number) => (seconds / 60) * this.#minuteMillis;
    // Several times a minute, as AWS measures.
    const measuring = setInterval(() => traffic.measure?.(workload), this.#minuteMillis / 4).unref();
    try {
      return await runMachine(rolled.definition, { from, to }, calls, { wait, onEntered }).end;
    } finally {
      clearInterval(measuring);
    }
  }

  #trafficOf(workload: string): LocalTraffic | undefined {
    return this.#traffic.find(({ names }) => names.includes(workload));
  }

  /** The time of the rollouts: a minute of it takes `minuteMillis`. */
  #time(): number {
    return this.#begun + ((this.#now() - this.#begun) * 60_000) / this.#minuteMillis;
  }
}
