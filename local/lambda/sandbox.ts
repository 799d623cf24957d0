import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { FunctionSpec } from "./function-spec.ts";
import type { Invocation, LogLine } from "./invocation.ts";
import { failure } from "./lambda-error.ts";
import { lineSplitter } from "./lines.ts";
import { residentMiB } from "./resident-memory.ts";
import { RuntimeApi } from "./runtime-api.ts";
import { sandboxEnvironment } from "./sandbox-environment.ts";

export interface SandboxOptions {
  appDirectory: string;
  extra: Record<string, string>;
  initTimeoutMillis: number;
  onLog(line: LogLine): void;
  /** The process asks for work: it has started, or is done with the last invocation. */
  onIdle(sandbox: Sandbox): void;
  /** The process is gone; `startFailure` is the error object when it never asked for work. */
  onEnd(sandbox: Sandbox, startFailure?: string): void;
}

/** What one run of a handler came to. */
export interface Outcome {
  payload: string;
  failed: boolean;
}

const runtimeClient = fileURLToPath(new URL("./runtime-client.ts", import.meta.url));
const memoryCheckMillis = 50;
const stopGraceMillis = 300;

/** One execution environment: a process of its own that runs one invocation at a time and is replaced when it fails. */
export class Sandbox {
  readonly spec: FunctionSpec;
  /** Milliseconds from the start of the process to its first request for work. */
  initMillis: number | undefined;
  /** Highest resident size seen while running. */
  maxMemoryMiB: number | undefined;
  readonly #api: RuntimeApi;
  readonly #options: SandboxOptions;
  readonly #startedAt = performance.now();
  readonly #exited = Promise.withResolvers<void>();
  #child: ChildProcess | undefined;
  #startTimer: NodeJS.Timeout | undefined;
  #startFailure: string | undefined;
  #requestId: string | undefined;
  #settle: ((outcome: Outcome) => void) | undefined;
  #ending: { errorType: string; reason: string } | undefined;
  #ended = false;

  constructor(spec: FunctionSpec, options: SandboxOptions) {
    this.spec = spec;
    this.#options = options;
    this.#api = new RuntimeApi({
      onNext: () => this.#idle(),
      onInitError: (payload) => (this.#startFailure = payload),
      onResult: (payload, failed) => this.#finish({ payload, failed }),
    });
    this.#start().catch((error: unknown) => this.#end(`Runtime did not start: ${String(error)}`));
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Runs one invocation on an idle process. Never rejects: a crash, a time-out or too much memory is a failed outcome. */
  run(invocation: Invocation): Promise<Outcome> {
    const { timeoutSeconds } = this.spec;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#requestId = invocation.requestId;
    this.#settle = resolve;
    const timer = setTimeout(() => {
      this.kill("Sandbox.Timedout", `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
    }, timeoutSeconds * 1000);
    const memory = setInterval(() => void this.#checkMemory(), memoryCheckMillis);
    this.#api.give(invocation, Date.now() + timeoutSeconds * 1000);
    return promise.finally(() => {
      clearTimeout(timer);
      clearInterval(memory);
    });
  }

  /** Ends the process at once; an invocation under way fails with this error. */
  kill(errorType: string, reason: string): void {
    this.#ending ??= { errorType, reason };
    this.#child?.kill("SIGKILL");
  }

  /** Asks the process to end, insists after 300 ms, and resolves when it has exited. */
  async stop(): Promise<void> {
    this.#ending ??= { errorType: "Runtime.ExitError", reason: "Runtime stopped by its host" };
    this.#child?.kill("SIGTERM");
    const timer = setTimeout(() => this.#child?.kill("SIGKILL"), stopGraceMillis);
    await this.#exited.promise;
    clearTimeout(timer);
  }

  async #start(): Promise<void> {
    const { appDirectory, extra, initTimeoutMillis } = this.#options;
    const runtimeApi = await this.#api.listen();
    if (this.#ending) return this.#end("");
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMiB(this.spec)}`, runtimeClient], {
      cwd: appDirectory,
      env: sandboxEnvironment(this.spec, { appDirectory, runtimeApi, logStream: logStream(this.spec), extra }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#startTimer = setTimeout(() => {
      this.kill("Sandbox.Timedout", `Task timed out after ${(initTimeoutMillis / 1000).toFixed(2)} seconds`);
    }, initTimeoutMillis);
    for (const stream of ["stdout", "stderr"] as const) {
      const lines = lineSplitter((line) => this.#log(stream, line));
      child[stream].setEncoding("utf8").on("data", lines.write).on("end", lines.flush);
    }
    child.once("error", (error) => this.#end(`Runtime did not start: ${error.message}`));
    child.once("exit", (code, signal) => this.#end(exitReason(code, signal)));
  }

  #log(stream: LogLine["stream"], line: string): void {
    const { functionName, version, logGroup } = this.spec;
    this.#options.onLog({
      functionName,
      version,
      logGroup,
      ...(this.#requestId && { requestId: this.#requestId }),
      stream,
      line,
    });
  }

  #idle(): void {
    clearTimeout(this.#startTimer);
    this.initMillis ??= performance.now() - this.#startedAt;
    if (!this.#ending) this.#options.onIdle(this);
  }

  #finish(outcome: Outcome): void {
    this.#settle?.(outcome);
    this.#settle = undefined;
  }

  #end(exit: string): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#startTimer);
    this.#api.close();
    const { errorType, reason } = this.#ending ?? { errorType: "Runtime.ExitError", reason: exit };
    this.#finish({ payload: failure(errorType, `RequestId: ${this.#requestId} Error: ${reason}`), failed: true });
    const started = this.initMillis !== undefined;
    this.#options.onEnd(this, started ? undefined : (this.#startFailure ?? failure(errorType, `Error: ${reason}`)));
    this.#exited.resolve();
  }

  async #checkMemory(): Promise<void> {
    const used = this.pid === undefined ? undefined : await residentMiB(this.pid);
    if (used === undefined) return;
    this.maxMemoryMiB = Math.max(this.maxMemoryMiB ?? 0, Math.ceil(used));
    if (used > this.spec.memoryMiB) this.kill("Runtime.OutOfMemory", "Runtime exited with error: signal: killed");
  }
}

/** The share of the memory that Lambda's own Node runtime leaves to the heap. */
const heapMiB = ({ memoryMiB }: FunctionSpec) => Math.floor(memoryMiB * 0.9);

/** `2026/03/14/[7]4f1c...`, as Lambda names the log stream of an execution environment. */
function logStream({ version }: FunctionSpec): string {
  return `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[${version}]${randomUUID().replaceAll("-", "")}`;
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) return `Runtime exited with error: signal: ${signalWords[signal] ?? signal.toLowerCase()}`;
  return code === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: exit status ${code}`;
}

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "aborted",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
};
