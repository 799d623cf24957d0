import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { freePort } from "../local/port.ts";

/** How a server to be measured is started. */
export interface ServerOptions {
  /** The bundle to run, an absolute path. */
  module: string;
  /** All it has of an environment, besides its port. */
  environment: Record<string, string>;
  /** Options of Node before the module. Defaults to none. */
  nodeOptions?: readonly string[];
}

/** A server in a process of its own, alone on the first core, whose use of processor and memory can be read. */
export interface ServerProcess {
  url: string;
  /** Seconds of processor time used so far, by all its threads. */
  cpuSeconds(): Promise<number>;
  residentMiB(): Promise<number>;
  /** Requests its log tells of so far. */
  logged(): number;
  /** What it answers to a message; needs a module that answers. */
  asked<T>(): Promise<T>;
  /** Resolves when it has ended, with milliseconds that took. */
  stop(): Promise<number>;
}

/** Starts a server, and resolves when it listens. Reads its use from /proc and binds it to a core with taskset, so Linux only. */
export async function startServer({ module, environment, nodeOptions = [] }: ServerOptions): Promise<ServerProcess> {
  const port = await freePort();
  const command = ["-c", "0", process.execPath, ...nodeOptions, module];
  const child = spawn("taskset", command, {
    env: { ...environment, PORT: String(port), AWS_REGION: "eu-west-1", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let logged = 0;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${module} ended with ${code} before it listened`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.includes('"message":"request"')) logged += 1;
      else if (line.includes("listening")) resolve();
    });
  });
  const proc = (file: string) => readFile(`/proc/${child.pid}/${file}`, "utf8");
  return {
    url: `http://127.0.0.1:${port}`,
    cpuSeconds: async () => {
      // Fields 14 and 15 after the name in brackets: user and system time, in hundredths of a second.
      const [user = 0, system = 0] = (await proc("stat")).split(") ")[1]!.split(" ").slice(11, 13).map(Number);
      return (user + system) / 100;
    },
    residentMiB: async () => Number(/VmRSS:\s+(\d+)/.exec(await proc("status"))![1]) / 1024,
    logged: () => logged,
    asked: <T>() =>
      new Promise<T>((resolve) => {
        child.once("message", (answer) => resolve(answer as T));
        child.send("?");
      }),
    stop: async () => {
      const begun = performance.now();
      child.kill("SIGTERM");
      await ended;
      return performance.now() - begun;
    },
  };
}
