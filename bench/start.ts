import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { line, median, timed } from "./measure.ts";

// From the typed command to its line `ready`, with nothing compiled yet and with what the start before has kept, in turn with the least that a
// laptop could run instead: Node with the same PostgreSQL and one server.
const rounds = Number(process.env.ROUNDS ?? 5);
/** Most milliseconds that a start may take. */
const promised = 5_000;
const root = join(import.meta.dirname, "..");
const ours = ["npm", "start"];
const theirs = [process.execPath, join(import.meta.dirname, "bare-start.ts")];

const [cold, warm, bare]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  const compiled = mkdtempSync(join(tmpdir(), "slipway-bench-"));
  try {
    cold.push(await start(ours, compiled));
    warm.push(await start(ours, compiled));
    // Its first start fills the cache for it, too.
    await start(theirs, compiled);
    bare.push(await start(theirs, compiled));
  } finally {
    rmSync(compiled, { recursive: true });
  }
}
line("bare Node and PostgreSQL, to ready", median(bare), spread(bare));
const times = (runs: number[]) =>
  `${spread(runs)}, ${(median(runs) / median(bare)).toFixed(1)} times the bare one, the best ones ${(best(runs) / best(bare)).toFixed(1)}`;
line("npm start, to ready, nothing compiled yet", median(cold), times(cold));
line("npm start, to ready, again", median(warm), times(warm));
// What else the machine does only ever adds.
if (best(cold) > promised || best(warm) > promised) process.exitCode = 1;

function best(runs: number[]): number {
  return Math.min(...runs);
}

function spread(runs: number[]): string {
  return `${best(runs).toFixed(0)} to ${Math.max(...runs).toFixed(0)}`;
}

/** Milliseconds to the line that begins with `ready`; by then everything answers. */
async function start([command, ...args]: string[], compiled: string): Promise<number> {
  // In a group of its own, as at a terminal, where Ctrl-C reaches npm and what it started.
  const child = spawn(command!, args, {
    cwd: root,
    env: { ...process.env, PORT: "0", DATABASE_URL: "", NODE_COMPILE_CACHE: compiled },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ended = once(child, "exit");
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (text) => text.startsWith("ready") && resolve());
    child.once("exit", (code) => reject(new Error(`${command} ended with code ${code} before it was ready`)));
  });
  const taken = await timed(() => ready);
  process.kill(-child.pid!, "SIGINT");
  await ended;
  return taken;
}
