import { parseArgs } from "node:util";

const usage = "usage: npm start -- [--stack dev] [--rollout patients] [--fault NAME=value] [--minute 2]";

/** What `npm start` was told. */
export interface StartOptions {
  stack: string;
  /** How long a minute of a rollout takes. */
  minuteMillis: number;
  /** A second version of a service to roll out, and the variables in which it differs from the first. */
  rollout?: { service: string; environment: Record<string, string> };
}

/** Reads the command line. Fails on what it does not know, with the usage. */
export function startOptions(args: string[]): StartOptions {
  const { stack, rollout, fault, minute } = parsed(args);
  const minuteMillis = Number(minute) * 1000;
  if (!(minuteMillis >= 50)) refuse(`--minute must be a number of seconds from 0.05, got "${minute}"`);
  if (fault !== undefined && !rollout) refuse("--fault is for the version of a --rollout: name a service");
  const [, name, value] = /^(\w+)=(.*)$/s.exec(fault ?? "") ?? [];
  if (fault !== undefined && !name) refuse(`--fault must be a variable as NAME=value, got "${fault}"`);
  const environment: Record<string, string> = name ? { [name]: value! } : {};
  return { stack, minuteMillis, ...(rollout && { rollout: { service: rollout, environment } }) };
}

function parsed(args: string[]) {
  const text = { type: "string" } as const;
  const options = { stack: { ...text, default: "dev" }, minute: { ...text, default: "2" }, rollout: text, fault: text };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(message: string): never {
  throw new Error(`${message}\n${usage}`);
}
