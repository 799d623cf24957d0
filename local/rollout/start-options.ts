import { parseArgs } from "node:util";
import { configOf } from "../config-words.ts";

const usage =
  "usage: npm start -- [--stack dev] [--config key=value]... [--rollout patients] [--fault NAME=value] [--minute 2]";

/** What `npm start` was told. */
export interface StartOptions {
  stack: string;
  /** Settings over those of the stack's file, keys with their namespace. */
  config: Record<string, string>;
  /** How long a minute of a rollout takes. */
  minuteMillis: number;
  /** A second version of a service to roll out, and the variables in which it differs from the first. */
  rollout?: { service: string; environment: Record<string, string> };
}

/** Reads the command line. Fails on what it does not know, with the usage. */
export function startOptions(args: string[]): StartOptions {
  const { stack, config: words, rollout, fault, minute } = parsed(args);
  const config = configOf(words);
  const minuteMillis = Number(minute) * 1000;
  if (!(minuteMillis >= 50)) refuse(`--minute must be a number of seconds from 0.05, got "${minute}"`);
  if (fault !== undefined && !rollout) refuse("--fault is for the version of a --rollout: name a service");
  const [, name, value] = /^(\w+)=(.*)$/s.exec(fault ?? "") ?? [];
  if (fault !== undefined && !name) refuse(`--fault must be a variable as NAME=value, got "${fault}"`);
  const environment: Record<string, string> = name ? { [name]: value! } : {};
  return { stack, config, minuteMillis, ...(rollout && { rollout: { service: rollout, environment } }) };
}

function parsed(args: string[]) {
  const text = { type: "string" } as const;
  const config = { ...text, multiple: true as const, default: [] };
  const standard = { stack: { ...text, default: "dev" }, minute: { ...text, default: "2" } };
  const options = { ...standard, config, rollout: text, fault: text };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(message: string): never {
  throw new Error(`${message}\n${usage}`);
}
