import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const app = fileURLToPath(new URL("../../../app/", import.meta.url));

/** Resolves when `condition` gives something, fails when it has not within five seconds. */
export async function eventually<T>(condition: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const deadline = Date.now() + 5000; Date.now() < deadline;) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the condition never held");
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export interface Host {
  child: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

const { NODE_COMPILE_CACHE = "" } = process.env;

/** A host of the app in a process of its own, with nothing but `env` in its environment, and where compiled code is kept. */
export function startHost(module: string, env: Record<string, string>): Host {
  const child = spawn(process.execPath, [module], {
    cwd: app,
    env: { NODE_COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal!)),
  );
  return { child, output: () => output, ended };
}
