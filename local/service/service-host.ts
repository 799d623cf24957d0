import type { LogLine } from "../lambda/invocation.ts";
import type { Node } from "../graph.ts";
import type { Called } from "../gateway/http-integration.ts";
import { readHealth, readListeners, readNames } from "./balancer-spec.ts";
import { LocalLoadBalancer } from "./load-balancer.ts";
import type { ServiceSpec } from "./service-spec.ts";
import { TargetGroup } from "./target-group.ts";
import { TaskProcess } from "./task-process.ts";
import type { IssuerKeys } from "./token-rule.ts";

export interface ServiceHostOptions {
  nodes: Node[];
  services: ServiceSpec[];
  /** What the image holds in its working directory. */
  appDirectory: string;
  /** Variables of the lane for each service, over those of the graph. */
  environment: (spec: ServiceSpec) => Record<string, string>;
  keys: IssuerKeys;
  /** Tasks of each service. Defaults to 2. */
  tasks?: number;
  /** Between health checks. Defaults to 200, where the cloud has the seconds of the graph. */
  healthIntervalMillis?: number;
  onLog?: (line: LogLine) => void;
}

/** Runs the services of a graph, each as tasks behind the load balancer that the graph puts in front of them. */
export class ServiceHost {
  readonly #options: ServiceHostOptions;
  readonly #groups = new Map<string, TargetGroup>();
  readonly #balancers = new Map<string, LocalLoadBalancer>();
  readonly #tasks = new Map<TaskProcess, TargetGroup>();
  readonly #names: ReadonlyMap<string, string>;
  #stopped = false;

  private constructor(options: ServiceHostOptions) {
    this.#options = options;
    this.#names = readNames(options.nodes);
  }

  /** Starts every task and load balancer, and resolves when each service has a healthy target. */
  static async start(options: ServiceHostOptions): Promise<ServiceHost> {
    const host = new ServiceHost(options);
    const { nodes, services, keys, tasks = 2, healthIntervalMillis = 200 } = options;
    for (const { type, outputs } of nodes) {
      if (type !== "aws:lb/targetGroup:TargetGroup") continue;
      host.#groups.set(outputs.arn, new TargetGroup(readHealth(nodes, outputs.arn), healthIntervalMillis));
    }
    for (const listener of readListeners(nodes)) {
      const balancer = await LocalLoadBalancer.start({ listener, groups: host.#groups, keys });
      host.#balancers.set(`${listener.loadBalancerArn}:${listener.port}`, balancer);
    }
    const started = services.map(async (spec) => {
      for (let task = 0; task < tasks; task++) await host.#start(spec);
      await host.#groups.get(spec.targetGroupArn)!.healthy();
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
    return [...this.#tasks.keys()].flatMap(({ pid }) => pid ?? []);
  }

  /** The targets of a service and what their load balancer knows of them. */
  targets({ targetGroupArn }: ServiceSpec): { port: number; state: string }[] {
    return this.#groups.get(targetGroupArn)?.states ?? [];
  }

  /** Takes one task of the service away as ECS does: first from the load balancer, then by its own end. A new one takes its place. */
  async replaceTask(spec: ServiceSpec): Promise<void> {
    const [task] = [...this.#tasks.keys()].filter(({ spec: own }) => own === spec);
    await this.#start(spec);
    if (task) await this.#end(task);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const group of this.#groups.values()) group.stop();
    await Promise.all([...this.#tasks.keys()].map((task) => task.stop()));
    await Promise.all([...this.#balancers.values()].map((balancer) => balancer.stop()));
  }

  async #end(task: TaskProcess): Promise<void> {
    this.#tasks.get(task)?.remove(task);
    await task.stop();
  }

  async #start(spec: ServiceSpec): Promise<void> {
    const { appDirectory, environment, onLog = () => undefined } = this.#options;
    const group = this.#groups.get(spec.targetGroupArn);
    if (!group) throw new Error(`service "${spec.serviceName}" has no target group in the stack: add one`);
    const onEnd = (task: TaskProcess) => {
      group.remove(task);
      this.#tasks.delete(task);
      // ECS keeps up the number of tasks; a pause keeps one that cannot start from starting all the time.
      if (!task.stopping && !this.#stopped) setTimeout(() => void (this.#stopped || this.#start(spec)), 1000).unref();
    };
    const task = await TaskProcess.start(spec, { appDirectory, extra: environment(spec), onLog, onEnd });
    this.#tasks.set(task, group);
    group.add(task);
    if (this.#stopped) await this.#end(task);
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
