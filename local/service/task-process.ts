import { spawn, type ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, dirname } from "node:path";
import type { LogLine } from "../lambda/invocation.ts";
import { lineSplitter } from "../lambda/lines.ts";
import { freePort } from "../port.ts";
import { versionOf, type ServiceSpec } from "./service-spec.ts";

export interface TaskOptions {
  /** What the image holds in its working directory. */
  appDirectory: string;
  /** Variables of the lane, over those of the graph: `DATABASE_URL` for example. */
  extra: Record<string, string>;
  onLog: (line: LogLine) => void;
  /** Told when the process has ended. */
  onEnd: () => void;
}

/** One task: the process of its service, on a port of its own because all tasks share this machine's network. */
export class TaskProcess {
  readonly spec: ServiceSpec;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #ended = Promise.withResolvers<void>();

  private constructor(spec: ServiceSpec, port: number, { appDirectory, extra, onLog, onEnd }: TaskOptions) {
    this.spec = spec;
    this.port = port;
    this.#child = spawn(process.execPath, [`--max-old-space-size=${heapMiB(spec)}`, spec.module], {
      cwd: appDirectory,
      env: taskEnvironment(spec, { ...extra, PORT: String(port) }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of ["stdout", "stderr"] as const) {
      const log = (line: string) => onLog({ ...nameOf(spec), stream, line });
      const lines = lineSplitter(log);
      this.#child[stream]!.setEncoding("utf8").on("data", lines.write).on("end", lines.flush);
    }
    const end = () => {
      this.#ended.resolve();
      onEnd();
    };
    this.#child.once("error", end).once("exit", end);
  }

  /** Starts a task on a free port. It is not ready yet: its health check tells. */
  static async start(spec: ServiceSpec, options: TaskOptions): Promise<TaskProcess> {
    return new TaskProcess(spec, await freePort(), options);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Number of the revision it runs. */
  get version(): string {
    return versionOf(this.spec);
  }

  /** Asks the process to end, insists after the container's stop timeout, and resolves when it has. */
  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), this.spec.stopTimeoutSeconds * 1000);
    await this.#ended.promise;
    clearTimeout(timer);
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

/** The beginning of every line that a task of the service logs. */
export const nameOf = (spec: ServiceSpec) => ({
  functionName: spec.serviceName,
  version: versionOf(spec),
  logGroup: spec.logGroup,
});

/** The service's share of the task's memory; the rest is for what is not heap. */
const heapMiB = ({ memoryMiB }: ServiceSpec) => Math.floor(memoryMiB * 0.75);

/**
 * All a task's process gets to see: what the task definition says and the lane's own; nothing of the environment `npm start` was
 * typed in. No collector runs here, so spans are not sent. The credentials are of the right shape and open nothing.
 */
function taskEnvironment(spec: ServiceSpec, extra: Record<string, string>): Record<string, string> {
  const environment = Object.entries(spec.environment).filter(([name]) => !name.startsWith("OTEL_EXPORTER_"));
  return {
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: tmpdir(),
    ...(process.platform === "win32" && { SystemRoot: process.env.SystemRoot ?? "C:\\Windows" }),
    ...Object.fromEntries(environment),
    AWS_REGION: spec.region,
    AWS_ACCESS_KEY_ID: "ASIALOCALLANE0000000",
    AWS_SECRET_ACCESS_KEY: "local-lane-secret-that-opens-nothing",
    AWS_SESSION_TOKEN: "local-lane-session",
    ...extra,
  };
}
