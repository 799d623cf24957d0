import type { LogLine } from "../lambda/invocation.ts";
import type { Node } from "../graph.ts";
import type { Called } from "../gateway/http-integration.ts";
import { readHealth, readListeners, readNames } from "./balancer-spec.ts";
import { LocalLoadBalancer, type Served } from "./load-balancer.ts";
import { LocalService } from "./local-service.ts";
import { RuleTable } from "./rule-table.ts";
import type { ServiceSpec } from "./service-spec.ts";
import { TargetGroup } from "./target-group.ts";
import { nameOf, TaskProcess } from "./task-process.ts";
import type { IssuerKeys } from "./token-rule.ts";

export interface ServiceHostOptions {
  nodes: Node[];
  services: ServiceSpec[];
  /** What the image holds in its working directory. */
  appDirectory: string;
  /** Variables of the lane for each service and revision, over those of the graph. */
  environment: (spec: ServiceSpec) => Record<string, string>;
  keys: IssuerKeys;
  /** Tasks of each service that has any. Defaults to 2. */
  tasks?: number;
  /** Between health checks. Defaults to 200, where the cloud has the seconds of the graph. */
  healthIntervalMillis?: number;
  onLog?: (line: LogLine) => void;
  /** Told of each request that a load balancer found a target for. */
  onServed?: (served: Served) => void;
}

/** Runs the services of a graph, each as tasks behind the load balancer that the graph puts in front of them. */
export class ServiceHost {
  /** The weights of all listener rules, which may be moved. */
  readonly rules: RuleTable;
  readonly #options: ServiceHostOptions;
  readonly #groups = new Map<string, TargetGroup>();
  readonly #balancers = new Map<string, LocalLoadBalancer>();
  readonly #services = new Map<string, LocalService>();
  readonly #names: ReadonlyMap<string, string>;

  private constructor(options: ServiceHostOptions) {
    this.#options = options;
    this.#names = readNames(options.nodes);
    this.rules = new RuleTable(readListeners(options.nodes));
  }

  /** Starts every task and load balancer, and resolves when each service that has tasks has a healthy target. */
  static async start(options: ServiceHostOptions): Promise<ServiceHost> {
    const host = new ServiceHost(options);
    const { nodes, services, keys, tasks = 2, healthIntervalMillis = 200, onServed } = options;
    for (const { type, outputs } of nodes) {
      if (type !== "aws:lb/targetGroup:TargetGroup") continue;
      host.#groups.set(outputs.arn, new TargetGroup(readHealth(nodes, outputs.arn), healthIntervalMillis));
    }
    for (const listener of readListeners(nodes)) {
      const serving = { listener, groups: host.#groups, keys, weights: host.rules, onServed };
      const balancer = await LocalLoadBalancer.start(serving);
      host.#balancers.set(`${listener.loadBalancerArn}:${listener.port}`, balancer);
    }
    const started = services.map(async (spec) => {
      const service = host.#serviceOf(spec);
      if (spec.idle) return;
      service.update(tasks);
      await host.group(spec.targetGroupArn)!.healthy();
    });
    try {
      await within(60_000, Promise.all(started));
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  /** Where a listener of a load balancer answers on this machine. */
  urlOf(called: Called): string | undefined {
    const arn = "host" in called ? this.#names.get(called.host) : called.loadBalancerArn;
    return this.#balancers.get(`${arn}:${called.port}`)?.url;
  }

  /** The names under which the internet would reach services over TLS, and where they answer on this machine. */
  get doors(): { host: string; url: string }[] {
    return [...this.#names.keys()].flatMap((host) => {
      const url = this.urlOf({ host, port: 443 });
      return url ? [{ host, url }] : [];
    });
  }

  /** Ids of all processes alive. */
  get pids(): number[] {
    return [...this.#services.values()].flatMap(({ pids }) => pids);
  }

  /** Names of the services that should have tasks. */
  get running(): string[] {
    return [...this.#services].flatMap(([name, { state }]) => (state.desiredCount > 0 ? name : []));
  }

  service(serviceName: string): LocalService | undefined {
    return this.#services.get(serviceName);
  }

  /** A target group by its ARN. */
  group(arn: string): TargetGroup | undefined {
    return this.#groups.get(arn);
  }

  async stop(): Promise<void> {
    for (const group of this.#groups.values()) group.stop();
    await Promise.all([...this.#services.values()].map((service) => service.stop()));
    await Promise.all([...this.#balancers.values()].map((balancer) => balancer.stop()));
  }

  #serviceOf(spec: ServiceSpec): LocalService {
    const { appDirectory, environment, onLog = () => undefined } = this.#options;
    const group = this.group(spec.targetGroupArn);
    if (!group) throw new Error(`service "${spec.serviceName}" has no target group in the stack: add one`);
    const start = async (wanted: ServiceSpec, onEnd: () => void) =>
      TaskProcess.start(wanted, { appDirectory, extra: environment(wanted), onLog, onEnd });
    const onFailure = (wanted: ServiceSpec, { message }: Error) =>
      onLog({ ...nameOf(wanted), stream: "stderr", line: `the task does not start: ${message}` });
    const service = new LocalService({ spec, group, start, onFailure });
    this.#services.set(spec.serviceName, service);
    return service;
  }
}

async function within<T>(millis: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no task became healthy within ${millis / 1000} s: read its log`)),
    millis,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
