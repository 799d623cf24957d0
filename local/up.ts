import { once } from "node:events";
import type { ObservedRequest } from "./gateway/observed.ts";
import { curlLines, userLines } from "./invitation.ts";
import type { Lane } from "./lane.ts";
import { portOf } from "./port.ts";
import { readableLine } from "./readable-line.ts";
import { reportOf } from "./report.ts";
import type { EnteredState } from "./rollout/machine.ts";
import { startOptions } from "./rollout/start-options.ts";
import { outcome, told } from "./rollout/telling.ts";
import { refuseRollout } from "./second-version.ts";

const began = performance.now();
const ending = new AbortController();
const { signal } = ending;
// On a busy machine a part may still be on its way up: no longer than this. Every process we start notices that we are gone.
signal.addEventListener("abort", () => void setTimeout(() => process.exit(), 1_800).unref());
// Whoever read what we say is gone.
process.stdout.on("error", () => ending.abort());

try {
  const { stack, config, minuteMillis, rollout } = startOptions(process.argv.slice(2));
  const port = portOf(process.env.PORT);
  // Loaded when the words are right: whoever mistyped one is told at once.
  const { startLane } = await import("./lane.ts");
  const lane = await startLane({
    stack,
    config,
    minuteMillis,
    port,
    databaseUrl: process.env.DATABASE_URL,
    signal,
    onPreview: (preview) => {
      stopOnSignals();
      if (rollout) refuseRollout(rollout.service, preview.nodes);
      say(`${reportOf(preview)}\n`);
    },
    onUp: (what, detail) => say(`${what.padEnd(10)} ${detail}`),
    ...(process.env.ACCESS_LOG ? { onAccessLog: say } : { onRequest: (request) => say(requestLine(request)) }),
    onLog: ({ functionName, line }) => {
      const readable = readableLine(line);
      if (readable) say(`${functionName}: ${readable}`);
    },
  });
  await invite(lane);
  if (rollout) void rollOut(lane, `slipway-${stack}-${rollout.service}`, rollout.environment);
  if (!signal.aborted) await once(signal, "abort");
  await lane.stop();
} catch (error) {
  if (!signal.aborted) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
// A part that was on its way up may hold the process a while; everything else has stopped.
process.exit();

/**
 * Not earlier: the program keeps the processor to itself while it is recorded, and a handler would wait for it. Until then a
 * signal ends this process at once, and the database with it. A second one changes nothing, every part is on its way down.
 */
function stopOnSignals(): void {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => ending.abort());
}

async function invite({ url, identity }: Lane): Promise<void> {
  for (const line of await userLines(identity)) say(line);
  say(`ready      in ${((performance.now() - began) / 1000).toFixed(1)} s: ${url}\n`);
  for (const line of await curlLines(url, identity, process.env)) say(line);
  say("\nCtrl-C stops everything");
}

/** A second version of a service, on its way to all the traffic while the lane serves. */
async function rollOut({ rollouts }: Lane, service: string, environment: Record<string, string>): Promise<void> {
  try {
    const to = rollouts.publish(service, environment);
    const onEntered = (entered: EnteredState) => {
      const line = told(entered);
      if (line) say(`${service}: ${line}`);
    };
    const ended = await rollouts.shift(service, to, { onEntered });
    say(`${service}: ${outcome(ended, to)}`);
  } catch (error) {
    say((error as Error).message);
  }
}

/** The reason is for who runs the system; the client is not told. */
function requestLine({ method, path, status, latencyMillis, executedVersion, errorDetail }: ObservedRequest): string {
  const version = executedVersion ? ` by version ${executedVersion}` : "";
  const reason = errorDetail ? `: ${errorDetail.slice(0, 200)}` : "";
  return `${method} ${path} ${status} ${latencyMillis} ms${version}${reason}`;
}

/** Functions that are being stopped have nothing to say that anybody waits for. */
function say(text: string): void {
  if (!signal.aborted) console.log(text);
}
