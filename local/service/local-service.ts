import type { ServiceSpec, TaskRevision } from "./service-spec.ts";
import type { TargetGroup } from "./target-group.ts";
import type { TaskProcess } from "./task-process.ts";

export interface LocalServiceOptions {
  spec: ServiceSpec;
  group: TargetGroup;
  /** Starts a task, whose end it tells. */
  start: (spec: ServiceSpec, onEnd: () => void) => Promise<TaskProcess>;
  /** Told why a task could not even be started; it counts as failed. */
  onFailure?: (spec: ServiceSpec, error: Error) => void;
  /** How long a task may take to become healthy before it counts as failed. Defaults to 15000, where the cloud has minutes. */
  startMillis?: number;
  /** Between the failure of a task and its successor. Defaults to 1000: one that cannot start must not start all the time. */
  pauseMillis?: number;
}

/** What a service is asked to run: one deployment from the moment it begins. */
interface Deployment {
  spec: ServiceSpec;
  tasks: number;
  failures: number;
  completed: boolean;
}

/** Tasks that may fail before a deployment is taken back: the circuit breaker's least (ECS developer guide, failure threshold). */
const mostFailures = 3;

/** One place for a task, with its process once that has been started. */
interface Task {
  of: Deployment;
  /** Undefined where it could not be started. */
  starting?: Promise<TaskProcess | undefined>;
  process?: TaskProcess;
  healthy: boolean;
  /** Its end, once it was asked for. */
  ending?: Promise<void>;
}

/**
 * One ECS service: keeps up the number of its tasks, and replaces them by those of another revision once these are healthy. A revision
 * whose tasks do not start is taken back to the one that ran before, as the circuit breaker does it.
 */
export class LocalService {
  readonly #options: LocalServiceOptions;
  readonly #tasks = new Set<Task>();
  #deployment: Deployment;
  #before?: Deployment;
  #settled = Promise.withResolvers<void>();
  #stopped = false;

  constructor(options: LocalServiceOptions) {
    this.#options = options;
    this.#deployment = { spec: options.spec, tasks: 0, failures: 0, completed: true };
    this.#settled.resolve();
  }

  /** What it runs, or is about to. */
  get state(): { taskDefinition: string; desiredCount: number; rolloutState: "IN_PROGRESS" | "COMPLETED" } {
    const { spec, tasks, completed } = this.#deployment;
    const { taskDefinition } = spec;
    return { taskDefinition, desiredCount: tasks, rolloutState: completed ? "COMPLETED" : "IN_PROGRESS" };
  }

  /** The revision it runs, or is about to. */
  get revision(): TaskRevision {
    const { taskDefinition, module, environment, memoryMiB, ...spec } = this.#deployment.spec;
    const { stopTimeoutSeconds, logGroup, region } = spec;
    return { taskDefinition, module, environment, memoryMiB, stopTimeoutSeconds, logGroup, region };
  }

  get pids(): number[] {
    return [...this.#tasks].flatMap(({ process }) => process?.pid ?? []);
  }

  /** Resolves when nothing is being deployed. */
  settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Asks for another number of tasks, or, with a revision, for a new deployment of that. It goes on by itself. */
  update(tasks: number, revision?: TaskRevision): void {
    const last = this.#deployment;
    if (revision) {
      if (last.completed) this.#before = last;
      this.#deployment = { spec: { ...last.spec, ...revision }, tasks, failures: 0, completed: false };
    } else {
      Object.assign(last, { tasks, completed: false });
    }
    // Whoever waits for an earlier deployment waits for this one.
    const earlier = this.#settled;
    this.#settled = Promise.withResolvers();
    earlier.resolve(this.#settled.promise);
    this.#roll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#settled.resolve();
    await Promise.all([...this.#tasks].map((task) => this.#end(task)));
  }

  /** One step towards what is asked for; each change of a task is reason for the next. */
  #roll(): void {
    if (this.#stopped) return;
    const deployment = this.#deployment;
    const own = [...this.#tasks].filter(({ of, ending }) => of === deployment && !ending);
    for (let task = own.length; task < deployment.tasks; task++) void this.#start(deployment);
    for (const task of own.slice(deployment.tasks)) void this.#end(task);
    if (own.filter(({ healthy }) => healthy).length < deployment.tasks) return;
    deployment.completed = true;
    for (const task of this.#tasks) if (task.of !== deployment) void this.#end(task);
    this.#settled.resolve();
  }

  async #start(of: Deployment): Promise<void> {
    const { group, startMillis = 15_000 } = this.#options;
    const task: Task = { of, healthy: false };
    this.#tasks.add(task);
    task.starting = this.#process(task);
    const process = await task.starting;
    if (!process) return this.#ended(task);
    if (task.ending || !this.#tasks.has(task)) return;
    task.process = process;
    group.add(process);
    const late = setTimeout(() => void (of.completed || process.kill()), startMillis).unref();
    await group.healthy(process);
    clearTimeout(late);
    task.healthy = true;
    this.#roll();
  }

  async #process(task: Task): Promise<TaskProcess | undefined> {
    const { start, onFailure } = this.#options;
    const { spec } = task.of;
    try {
      return await start(spec, () => this.#ended(task));
    } catch (error) {
      onFailure?.(spec, error as Error);
      return undefined;
    }
  }

  #ended(task: Task): void {
    const { group, pauseMillis = 1000 } = this.#options;
    if (task.process) group.remove(task.process);
    this.#tasks.delete(task);
    if (task.ending || this.#stopped) return;
    const { of } = task;
    if (of === this.#deployment && !of.completed && ++of.failures >= mostFailures && this.#before) {
      return this.update(of.tasks, this.#before.spec);
    }
    setTimeout(() => this.#roll(), pauseMillis).unref();
  }

  /** First from the load balancer, then by its own end. Who is asked again waits for the same end. */
  #end(task: Task): Promise<void> {
    return (task.ending ??= this.#away(task));
  }

  async #away({ process: known, starting }: Task): Promise<void> {
    // One that is about to start is waited for: nobody would end it later.
    const process = known ?? (await starting);
    if (!process) return;
    this.#options.group.remove(process);
    await process.stop();
  }
}
