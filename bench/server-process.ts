import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** A server in a process of its own, whose use of processor and memory can be read. */
export interface ServerProcess {
  child: ChildProcess;
  url: string;
  /** Seconds of processor time used so far. */
  cpuSeconds(): Promise<number>;
  residentMiB(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `module` with nothing but `environment`, and resolves when it listens. Reads its use from /proc, so Linux only. */
export async function startServer(module: string, environment: Record<string, string>): Promise<ServerProcess> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = { ...environment, PORT: String(port), AWS_REGION: "eu-west-1" };
  const child = spawn(process.execPath, [`${root}${module}`], {
    cwd: `${root}app`,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${module} ended with ${code} before it listened`)));
    child.stdout.on("data", (text: Buffer) => text.includes("listening") && resolve());
  });
  const proc = (file: string) => readFile(`/proc/${child.pid}/${file}`, "utf8");
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    cpuSeconds: async () => {
      // Fields 14 and 15 after the name in brackets: user and system time, in hundredths of a second.
      const [user = 0, system = 0] = (await proc("stat")).split(") ")[1]!.split(" ").slice(11, 13).map(Number);
      return (user + system) / 100;
    },
    residentMiB: async () => Number(/VmRSS:\s+(\d+)/.exec(await proc("status"))![1]) / 1024,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
