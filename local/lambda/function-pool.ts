import type { FunctionSpec } from "./function-spec.ts";
import type { Invocation } from "./invocation.ts";
import { LambdaError } from "./lambda-error.ts";
import { Sandbox, type Outcome, type SandboxOptions } from "./sandbox.ts";

export interface PoolOptions extends Omit<SandboxOptions, "onIdle" | "onEnd"> {
  /** An unused process ends after this time. */
  idleMillis: number;
}

/** An outcome together with the process that produced it; none when no process came up. */
export interface Run extends Outcome {
  sandbox: Sandbox;
  cold: boolean;
}

/** Longest wait for a process that has answered to ask for the next invocation. */
const returnMillis = 100;

interface Waiting {
  invocation: Invocation;
  resolve(run: Run): void;
  reject(error: LambdaError): void;
}

/** The processes of one version of a function: grows by one whenever an invocation finds none free and there is room. */
export class FunctionPool {
  readonly spec: FunctionSpec;
  readonly #options: PoolOptions;
  readonly #sandboxes = new Set<Sandbox>();
  readonly #idle = new Map<Sandbox, NodeJS.Timeout>();
  readonly #fresh = new Set<Sandbox>();
  /** Those that have answered and not yet asked for the next invocation. */
  readonly #returning = new Set<Sandbox>();
  readonly #waiting: Waiting[] = [];
  #stopped = false;

  constructor(spec: FunctionSpec, options: PoolOptions) {
    this.spec = spec;
    this.#options = options;
  }

  /** Ids of the processes alive. */
  get pids(): number[] {
    return [...this.#sandboxes].flatMap(({ pid }) => pid ?? []);
  }

  /** Runs the invocation, or keeps it until a process is free; at most `limit` processes. */
  run(invocation: Invocation, limit: number): Promise<Run> {
    return new Promise((resolve, reject) => {
      const entry = { invocation, resolve, reject };
      this.#waiting.push(entry);
      const [free] = this.#idle.keys();
      if (free) return this.#take(free);
      this.#growFor(this.#returning.size, limit);
      // A process that has answered asks for the next invocation within a moment; if it does not, it is not waited for.
      if (this.#returning.size === 0) return;
      setTimeout(() => this.#waiting.includes(entry) && this.#growFor(0, limit), returnMillis).unref();
    });
  }

  /** Starts a process ahead of the first invocation. */
  warm(): void {
    if (this.#sandboxes.size === 0) this.#grow();
  }

  /** Ends every process; what still waits is throttled. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#idle.values()) clearTimeout(timer);
    for (const { reject } of this.#waiting.splice(0))
      reject(new LambdaError("TooManyRequestsException", "Rate Exceeded."));
    await Promise.all([...this.#sandboxes].map((sandbox) => sandbox.stop()));
  }

  /** Adds a process when more invocations wait than processes are about to be free. */
  #growFor(returning: number, limit: number): void {
    const enough = this.#waiting.length <= this.#fresh.size + returning;
    if (!enough && !this.#stopped && this.#sandboxes.size < limit) this.#grow();
  }

  #grow(): void {
    const sandbox = new Sandbox(this.spec, {
      ...this.#options,
      onIdle: (idle) => this.#take(idle),
      onEnd: (ended, startFailure) => this.#ended(ended, startFailure),
    });
    this.#sandboxes.add(sandbox);
    this.#fresh.add(sandbox);
  }

  #take(sandbox: Sandbox): void {
    clearTimeout(this.#idle.get(sandbox));
    this.#idle.delete(sandbox);
    this.#returning.delete(sandbox);
    const next = this.#waiting.shift();
    if (next) {
      const cold = this.#fresh.delete(sandbox);
      void sandbox.run(next.invocation).then((outcome) => {
        if (this.#sandboxes.has(sandbox)) this.#returning.add(sandbox);
        next.resolve({ ...outcome, sandbox, cold });
      });
      return;
    }
    const timer = setTimeout(() => {
      this.#idle.delete(sandbox);
      void sandbox.stop();
    }, this.#options.idleMillis);
    this.#idle.set(sandbox, timer.unref());
  }

  /** A failed start fails the invocation that waited longest; the others get processes of their own. */
  #ended(sandbox: Sandbox, startFailure: string | undefined): void {
    clearTimeout(this.#idle.get(sandbox));
    this.#idle.delete(sandbox);
    this.#sandboxes.delete(sandbox);
    this.#fresh.delete(sandbox);
    this.#returning.delete(sandbox);
    if (startFailure !== undefined)
      this.#waiting.shift()?.resolve({ payload: startFailure, failed: true, sandbox, cold: true });
    if (!this.#stopped && this.#waiting.length > this.#fresh.size) this.#grow();
  }
}
