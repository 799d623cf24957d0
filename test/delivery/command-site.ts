import { stateMachine } from "../../components/delivery/state-machine.ts";
import { aliasTarget } from "../../components/delivery/traffic-target.ts";
import { smallAccount } from "../aws/account.ts";
import { fakeAws, type FakeAws } from "../aws/server.ts";
import { World } from "../aws/world.ts";
import type { Setting } from "../../delivery/commands.ts";
import { root } from "../../delivery/stack-file.ts";
import { eventually } from "../eventually.ts";

export const functionName = "slipway-staging-patients";
export const machineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${functionName}-rollout`;
/** One that pages, one that rolls back, and one of somebody else's that does so as well. */
export const alarms = [`${functionName}-errors`, `${functionName}-new-errors`, "checkout-errors"] as const;

export const digest = (version: number) => `sha256:${String(version).padStart(64, "0")}`;
export const imageOf = (version: number) =>
  `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${digest(version)}`;

export type Command = (args: string[], say: (text: string) => void, setting?: Setting) => Promise<void>;

/** The project's own files, or those of `folder`, and a clock that goes by what was slept. */
export function testSetting(folder = root): Setting {
  let slept = 0;
  const sleep = (seconds: number) => {
    slept += seconds * 1000;
    return new Promise<void>((resolve) => setTimeout(resolve, 1));
  };
  return { folder, clock: { now: () => Date.now() + slept, sleep } };
}

/** Runs a command in this process, in the given environment. */
export async function ran(command: Command, args: string[], env: Record<string, string>, folder?: URL) {
  const lines: string[] = [];
  Object.assign(process.env, env);
  try {
    await command(args, (text) => void lines.push(`${text}\n`), testSetting(folder));
    return { failed: undefined, stdout: lines.join("") };
  } catch (error) {
    return { failed: (error as Error).message, stdout: lines.join("") };
  } finally {
    for (const key of Object.keys(env)) delete process.env[key];
  }
}

/** A fake account for each test: a service with versions 1 to 14, 12 of them live, that shifts in steps of 10 and 100. */
export function commandSite() {
  const found: { world?: World; aws?: FakeAws } = {};
  beforeEach(async () => {
    const plan = { partition: "aws", steps: [10, 100], bakeMinutes: 1, alarms: alarms.slice(1), smokeTest: false };
    const definition = JSON.stringify(stateMachine(plan, aliasTarget(functionName, "live")));
    const account = { functionName, latest: 14, live: "12", alarms: [...alarms], machineArn, definition };
    found.world = new World(smallAccount(account));
    found.world.minuteMillis = 1;
    found.aws = await fakeAws(found.world);
  });
  afterEach(() => found.aws!.close());

  return {
    get world() {
      return found.world!;
    },
    get env() {
      return found.aws!.env;
    },
    /** Runs a command in this process, against the fake account. */
    run: (command: Command, args: string[], folder?: URL) => ran(command, args, found.aws!.env, folder),
    /** Shifts that are over, each to its end. */
    async shifted(...pairs: [from: string, to: string][]): Promise<void> {
      const world = found.world!;
      for (const [from, to] of pairs) {
        const execution = world.start(machineArn, `${from}-to-${to}-1`, JSON.stringify({ from, to }));
        await eventually(() => execution.status !== "RUNNING");
        execution.startedAt = new Date(Date.now() + Number(to) * 1000);
      }
      world.moves.length = 0;
    },
  };
}
