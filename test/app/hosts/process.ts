import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const app = fileURLToPath(new URL("../../../app/", import.meta.url));

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
