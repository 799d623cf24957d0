import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { versionFor, type Aliases } from "./aliases.ts";
import { FunctionPool, type Run } from "./function-pool.ts";
import type { FunctionSpec } from "./function-spec.ts";
import type { InvocationReport, InvocationResult, LogLine } from "./invocation.ts";
import { LambdaError } from "./lambda-error.ts";

/** Largest event of a synchronous invocation: 6 MiB. Source: Lambda quotas. */
const maxEventBytes = 6 * 1024 * 1024;

// A start takes a processor for a quarter of a second: more at a time than that would only start later, all of them.
const mostProcesses = Math.min(10, Math.max(4, 2 * availableParallelism()));

export interface LambdaHostOptions {
  /** Every version of every function; `publish` adds more later. */
  functions: FunctionSpec[];
  /** Looked up at every invocation of an alias. Defaults to none. */
  aliases?: Aliases;
  /** Folder in which handlers are found: what the image holds in `/var/task`. */
  appDirectory: string;
  /** Variables of the lane for each function, over those of the graph: `DATABASE_URL` for example. Defaults to none. */
  environment?: (spec: FunctionSpec) => Record<string, string> | undefined;
  /** Processes per version; further invocations wait for one to become free. Defaults to twice the processors, 4 to 10. */
  maxProcesses?: number;
  /** Invocations that may wait per function before the host throttles. Defaults to 1000. */
  maxWaiting?: number;
  /** An unused process ends after this time. Defaults to five minutes. */
  idleMillis?: number;
  /** Longest start of a process. Defaults to 10 seconds, as on AWS. */
  initTimeoutMillis?: number;
  onLog?: (line: LogLine) => void;
  /** Told after each invocation that was run. */
  onReport?: (report: InvocationReport) => void;
  /** Chooses between the versions of an alias: a number in [0, 1). Defaults to `Math.random`. */
  draw?: () => number;
}

export interface InvokeOptions {
  /** Value of `X-Amzn-Trace-Id`; a new sampled trace unless given. */
  traceId?: string;
}

/** Runs the functions of a graph, each in processes of its own behind the Lambda Runtime API, as the Lambda service does. */
export class LambdaHost {
  readonly #options: LambdaHostOptions;
  readonly #pools = new Map<string, Map<string, FunctionPool>>();
  readonly #running = new Map<string, number>();
  #stopped = false;

  constructor(options: LambdaHostOptions) {
    this.#options = options;
    for (const spec of options.functions) this.publish(spec);
  }

  /** Adds a version of a function. Its processes start when it is first invoked. */
  publish(spec: FunctionSpec): void {
    const {
      appDirectory,
      environment,
      idleMillis = 300_000,
      initTimeoutMillis = 10_000,
      onLog = () => undefined,
    } = this.#options;
    const pool = new FunctionPool(spec, {
      appDirectory,
      extra: environment?.(spec) ?? {},
      idleMillis,
      initTimeoutMillis,
      onLog,
    });
    const versions = this.#pools.get(spec.functionName) ?? new Map<string, FunctionPool>();
    this.#pools.set(spec.functionName, versions.set(spec.version, pool));
  }

  /**
   * Invokes a function and waits. `qualifier` is an alias or a version, the newest version when undefined; `event` is
   * serialised unless it is JSON text already. A function that fails, crashes or hangs is a result with `functionError`.
   * Rejects with `LambdaError` when there is no such function or version, when it is throttled, or when the event is too large.
   */
  async invoke(
    functionName: string,
    qualifier: string | undefined,
    event: unknown,
    options: InvokeOptions = {},
  ): Promise<InvocationResult> {
    const pool = this.#pool(functionName, qualifier);
    const { spec } = pool;
    const payload = typeof event === "string" ? event : JSON.stringify(event ?? null);
    const bytes = Buffer.byteLength(payload);
    if (bytes > maxEventBytes) {
      throw new LambdaError(
        "RequestTooLargeException",
        `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`,
      );
    }
    const { maxProcesses = mostProcesses, maxWaiting = 1000 } = this.#options;
    const running = this.#running.get(functionName) ?? 0;
    if (this.#stopped || running >= (spec.reservedConcurrency ?? maxProcesses + maxWaiting)) {
      throw new LambdaError("TooManyRequestsException", "Rate Exceeded.");
    }
    this.#running.set(functionName, running + 1);
    try {
      const { traceId = newTraceId() } = options;
      const requestId = randomUUID();
      const invokedArn = qualifier === undefined ? spec.arn : `${spec.arn}:${qualifier}`;
      const begin = performance.now();
      const run = await pool.run({ requestId, traceId, invokedArn, payload }, maxProcesses);
      this.#report(spec, run, { qualifier, requestId, traceId, durationMillis: performance.now() - begin });
      const result = { requestId, payload: run.payload, executedVersion: spec.version };
      return run.failed ? { ...result, functionError: "Unhandled" } : result;
    } finally {
      this.#running.set(functionName, this.#running.get(functionName)! - 1);
    }
  }

  /** Starts one process of each version, so that the first invocation finds it warm. */
  warm(): void {
    for (const pool of this.#all()) pool.warm();
  }

  /** Ids of all processes alive. */
  get pids(): number[] {
    return this.#all().flatMap(({ pids }) => pids);
  }

  /** Ends every process and resolves when the last has exited. Invocations are throttled from here on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#all().map((pool) => pool.stop()));
  }

  #all(): FunctionPool[] {
    return [...this.#pools.values()].flatMap((versions) => [...versions.values()]);
  }

  #pool(functionName: string, qualifier: string | undefined): FunctionPool {
    const { aliases, draw = Math.random } = this.#options;
    const versions = this.#pools.get(functionName);
    const newest = () => [...(versions?.keys() ?? [])].at(-1);
    const routing = qualifier === undefined ? undefined : aliases?.find(functionName, qualifier);
    const version = routing ? versionFor(routing, draw()) : (qualifier ?? newest());
    const pool = versions?.get(version ?? "");
    if (pool) return pool;
    const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
    throw new LambdaError("ResourceNotFoundException", `Function not found: ${name}`);
  }

  #report(
    spec: FunctionSpec,
    run: Run,
    ids: Pick<InvocationReport, "qualifier" | "requestId" | "traceId" | "durationMillis">,
  ): void {
    const { functionName, version, memoryMiB } = spec;
    const { initMillis, maxMemoryMiB } = run.sandbox;
    this.#options.onReport?.({
      functionName,
      version,
      ...ids,
      ...(run.cold && initMillis !== undefined && { initMillis }),
      memoryMiB,
      ...(maxMemoryMiB !== undefined && { maxMemoryMiB }),
      ...(run.failed && { errorType: errorTypeIn(run.payload) }),
    });
  }
}

/** A new root in the form `Root=1-<seconds>-<96 bits>;Sampled=1`. */
function newTraceId(now = Date.now()): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)};Sampled=1`;
}

function errorTypeIn(payload: string): string {
  try {
    return String((JSON.parse(payload) as { errorType?: unknown }).errorType);
  } catch {
    return "Unknown";
  }
}
