import { parseArgs } from "node:util";
import { healthPath, serviceNames } from "../app/contract.ts";
import { machineClock, type Clock } from "../components/delivery/shift/clock.ts";
import type { Place } from "../components/names.ts";
import { signedIn } from "./account.ts";
import { overview } from "./overview.ts";
import { rollBack } from "./roll-back.ts";
import { findService } from "./service.ts";
import { root, stackFile } from "./stack-file.ts";

/** Says one line, or several joined by line ends. */
export type Say = (lines: string) => void;

/** Where a command runs. */
export interface Setting {
  /** Folder with the project's files. */
  folder: URL;
  clock: Clock;
}

const here: Setting = { folder: root, clock: machineClock };

const text = { type: "string" } as const;
const rollbackUsage = 'usage: npm run rollback -- --stack S --service X [--to VERSION|last-good] --reason "..."';
const statusUsage = "usage: npm run status -- --stack S";

/** `npm run rollback`: gives the traffic back to an earlier version. Fails with what to do about it. */
export async function rollbackCommand(args: string[], say: Say, setting: Setting = here): Promise<void> {
  const options = { stack: text, service: text, to: { ...text, default: "last-good" }, reason: text };
  const { stack, service, to, reason } = withUsage(rollbackUsage, () => parseArgs({ args, options }).values);
  if (!stack || !service || !reason) throw new Error(`--stack, --service and --reason are needed\n${rollbackUsage}`);
  const name = serviceNames.find((known) => known === service);
  if (!name) throw new Error(`--service must be one of ${serviceNames.join(", ")}, got "${service}"`);
  if (!/^(last-good|[1-9]\d*)$/.test(to)) {
    throw new Error(`--to must be last-good or a version such as 13, got "${to}"`);
  }
  const file = await stackFile(stack, setting.folder);
  const place = await signedIn(file);
  const found = await findService(place, name, setting.clock);
  if (!found) {
    const where = `${place.region} of account ${place.accountId}`;
    throw new Error(`${name} is not deployed in ${where}, nothing was moved: check --stack and --service`);
  }
  say(whereIs(place));
  await rollBack(found, { to, reason, healthPath: healthPath(name), settings: file }, say, setting.clock);
}

/** `npm run status`: what runs where. Fails with what to do about it. */
export async function statusCommand(args: string[], say: Say, setting: Setting = here): Promise<void> {
  const { stack } = withUsage(statusUsage, () => parseArgs({ args, options: { stack: text } }).values);
  if (!stack) throw new Error(`--stack is needed\n${statusUsage}`);
  const file = await stackFile(stack, setting.folder);
  const place = await signedIn(file);
  say(whereIs(place));
  for (const name of serviceNames) {
    const service = await findService(place, name, setting.clock);
    say(["", ...(service ? await overview(service) : [`${name}: not deployed`])].join("\n"));
  }
}

const whereIs = ({ project, stack, region, accountId }: Place) =>
  `${project} ${stack} in ${region}, account ${accountId}`;

function withUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
}
