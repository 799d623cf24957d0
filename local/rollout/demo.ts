import { parseArgs } from "node:util";
import { accessToken } from "../access-token.ts";
import type { ObservedRequest } from "../gateway/observed.ts";
import { startLane, type Lane } from "../lane.ts";
import { outcome, tally, told } from "./telling.ts";

const usage = "usage: npm run demo:rollout -- [--stack staging] [--minute 0.4]";
const requestsPerSecond = 150;

/** The versions that are rolled out, one after the other, and how each must end. */
const acts = [
  { what: "nothing but its number is new", fault: () => ({}), end: undefined },
  // A mistake that a smoke test does not see: the health check answers, the service's own tables are not there.
  { what: "it looks into another database", fault: () => ({ DATABASE_NAME: "postgres" }), end: "AlarmFired" },
  {
    what: "its database is not there",
    fault: () => ({ DATABASE_URL: "postgres://localhost:1/nowhere" }),
    end: "SmokeTestFailed",
  },
];

const { values } = parse();
const minuteMillis = Number(values.minute) * 1000;
const functionName = `slipway-${values.stack}-patients`;
const answers: ObservedRequest[] = [];
let lane: Lane | undefined;
let over = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void lane?.stop().then(() => process.exit(1)));

try {
  lane = await startLane({
    stack: values.stack,
    port: 0,
    minuteMillis,
    onRequest: (request) => void answers.push(request),
  });
  console.log(
    `${functionName} behind ${lane.url}, at most ${requestsPerSecond} requests a second; a minute takes ${values.minute} s here`,
  );
  const traffic = requests(lane);
  for (const { what, fault, end } of acts) {
    const to = lane.rollouts.publish(functionName, fault());
    console.log(`\nversion ${to}: ${what}`);
    const ended = await shown(lane, to);
    if (ended.error !== end) fail(`expected ${end ?? "success"}, got ${JSON.stringify(ended)}`);
  }
  over = true;
  await traffic;
} catch (error) {
  fail((error as Error).message);
} finally {
  over = true;
  await lane?.stop();
}

/** Shifts to `to`, with a line for all that can be seen and a count of the answers between two lines. */
async function shown({ rollouts }: Lane, to: string) {
  const begun = performance.now();
  const line = (text: string) =>
    console.log(`${((performance.now() - begun) / minuteMillis).toFixed(1).padStart(5)} min  ${text}`);
  answers.length = 0;
  let shifted = false;
  const counted = () => {
    if (shifted && answers.length > 0) line(`          answered by ${tally(answers)}`);
    answers.length = 0;
  };
  const ended = await rollouts.shift(functionName, to, (entered) => {
    const text = told(entered);
    if (!text) return;
    counted();
    shifted ||= text.includes("%");
    line(text);
  });
  counted();
  line(outcome(ended, to));
  return ended;
}

/** Steady traffic until the demo is over, by the front way and with a real token. */
async function requests({ url, identity }: Lane): Promise<void> {
  const headers = { authorization: `Bearer ${await accessToken(identity)}` };
  const pending = new Set<Promise<unknown>>();
  for (let due = performance.now(); !over; due += 1000 / requestsPerSecond) {
    const request = fetch(`${url}/patients?limit=1`, { headers }).then((response) => response.arrayBuffer());
    pending.add(request);
    void request.catch(() => undefined).finally(() => pending.delete(request));
    // A slow machine gets fewer requests, not a queue of them.
    while (pending.size > 20) await Promise.race(pending).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  await Promise.allSettled(pending);
}

function parse() {
  try {
    const text = { type: "string" } as const;
    const parsed = parseArgs({
      options: { stack: { ...text, default: "staging" }, minute: { ...text, default: "0.4" } },
    });
    if (Number(parsed.values.minute) >= 0.05) return parsed;
    throw new Error(`--minute must be a number of seconds from 0.05, got "${parsed.values.minute}"`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return process.exit(1);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
