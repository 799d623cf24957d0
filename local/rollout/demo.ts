import { parseArgs } from "node:util";
import { accessToken } from "../access-token.ts";
import type { ObservedRequest } from "../gateway/observed.ts";
import { startLane, type Lane } from "../lane.ts";
import { longestSeconds, outOfTime } from "./deadline.ts";
import type { EnteredState } from "./machine.ts";
import { outcome, tally, told } from "./telling.ts";

const usage = "usage: npm run demo:rollout -- [--stack staging] [--runtime lambda] [--minute 0.4]";
const requestsPerSecond = 150;

/** What the service of the demo runs on: as it stands in the stack, or in two slots. */
const runtimes: Record<string, { config: Record<string, string>; stillborn: Act }> = {
  lambda: {
    config: {},
    stillborn: {
      what: "its database is not there",
      fault: () => ({ DATABASE_URL: "postgres://localhost:1/nowhere" }),
      end: "SmokeTestFailed",
    },
  },
  fargate: {
    config: { "slipway:services": JSON.stringify({ patients: { runtime: "fargate", strategy: "steps" } }) },
    stillborn: {
      what: "it does not know which service it is",
      fault: () => ({ SERVICE: "nobody" }),
      end: "TasksFailed",
    },
  },
};

interface Act {
  what: string;
  fault: () => Record<string, string>;
  /** Error of the execution; undefined where it must go well. */
  end: string | undefined;
}

const { values } = parse();
const { config, stillborn } = runtimes[values.runtime]!;

/** The versions that are rolled out, one after the other, and how each must end. */
const acts: Act[] = [
  { what: "nothing but its number is new", fault: () => ({}), end: undefined },
  // A mistake that a smoke test does not see: the health check answers, the service's own tables are not there.
  { what: "it looks into another database", fault: () => ({ DATABASE_NAME: "postgres" }), end: "AlarmFired" },
  stillborn,
];

const minuteMillis = Number(values.minute) * 1000;
const service = `slipway-${values.stack}-patients`;
const answers: ObservedRequest[] = [];
let answered = 0;
let lane: Lane | undefined;
let over = false;
const ending = new AbortController();
const seconds = longestSeconds(Number(values.minute));
const deadline = setTimeout(() => void giveUp(), seconds * 1000);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void lane?.stop().then(() => process.exit(1)));

try {
  lane = await startLane({
    stack: values.stack,
    config,
    port: 0,
    minuteMillis,
    signal: ending.signal,
    onRequest: (request) => {
      answered++;
      answers.push(request);
    },
  });
  console.log(
    `${service} behind ${lane.url}, at most ${requestsPerSecond} requests a second; a minute takes ${values.minute} s here`,
  );
  const traffic = requests(lane);
  for (const { what, fault, end } of acts) {
    const to = lane.rollouts.publish(service, fault());
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
  if (!ending.signal.aborted) {
    clearTimeout(deadline);
    await lane?.stop();
  }
}

/** Ends it where it is. Every process of the lane notices that we are gone, so one that is slow to stop holds nobody up. */
async function giveUp(): Promise<void> {
  const { code, text } = outOfTime(seconds);
  fail(text, code);
  ending.abort();
  over = true;
  await Promise.race([lane?.stop(), new Promise((resolve) => setTimeout(resolve, 2000))]);
  process.exit(code);
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
  const onEntered = (entered: EnteredState) => {
    const text = told(entered);
    if (!text) return;
    counted();
    shifted ||= text.includes("%");
    line(text);
  };
  const ended = await rollouts.shift(service, to, { onEntered, beforeLook: enoughRequests() });
  counted();
  line(outcome(ended, to));
  return ended;
}

/** Waits for half the requests that a minute should bring: alarms need some to see, and a slow machine takes longer for them. */
function enoughRequests(): () => Promise<void> {
  let seen = answered;
  return async () => {
    const enough = seen + (requestsPerSecond * minuteMillis) / 2000;
    while (answered < enough && !over) await new Promise((resolve) => setTimeout(resolve, 5));
    seen = answered;
  };
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
      options: {
        stack: { ...text, default: "staging" },
        runtime: { ...text, default: "lambda" },
        minute: { ...text, default: "0.4" },
      },
    });
    if (!(parsed.values.runtime in runtimes))
      throw new Error(`--runtime must be one of ${Object.keys(runtimes).join(", ")}, got "${parsed.values.runtime}"`);
    if (Number(parsed.values.minute) >= 0.05) return parsed;
    throw new Error(`--minute must be a number of seconds from 0.05, got "${parsed.values.minute}"`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return process.exit(1);
  }
}

/** What comes after the demo has given up is no news. */
function fail(message: string, code = 1): void {
  if (ending.signal.aborted) return;
  console.error(message);
  process.exitCode = code;
}
