import { parseArgs } from "node:util";
import { healthPath, serviceNames } from "../app/contract.ts";
import { overview } from "./overview.ts";
import { rollBack } from "./roll-back.ts";
import { findService, type Service } from "./service.ts";
import { stackFile, type StackFile } from "./stack-file.ts";

/** Says one line, or several joined by line ends. */
export type Say = (lines: string) => void;

const text = { type: "string" } as const;
const rollbackUsage = 'usage: npm run rollback -- --stack S --service X [--to VERSION|last-good] --reason "..."';
const statusUsage = "usage: npm run status -- --stack S";

/** `npm run rollback`: gives the traffic back to an earlier version. Fails with what to do about it. */
export async function rollbackCommand(args: string[], say: Say): Promise<void> {
  const options = { stack: text, service: text, to: { ...text, default: "last-good" }, reason: text };
  const { stack, service, to, reason } = withUsage(rollbackUsage, () => parseArgs({ args, options }).values);
  if (!stack || !service || !reason) throw new Error(`--stack, --service and --reason are needed\n${rollbackUsage}`);
  const name = serviceNames.find((known) => known === service);
  if (!name) throw new Error(`--service must be one of ${serviceNames.join(", ")}, got "${service}"`);
  if (!/^(last-good|[1-9]\d*)$/.test(to)) {
    throw new Error(`--to must be last-good or a version such as 13, got "${to}"`);
  }
  const file = await stackFile(stack);
  const found = await lookUp(file, name);
  if (!found) {
    throw new Error(`${name} is not deployed in ${file.region}, nothing was moved: check --stack and --service`);
  }
  await rollBack(found, { to, reason, healthPath: healthPath(name), settings: file }, say);
}

/** `npm run status`: what runs where. Fails with what to do about it. */
export async function statusCommand(args: string[], say: Say): Promise<void> {
  const { stack } = withUsage(statusUsage, () => parseArgs({ args, options: { stack: text } }).values);
  if (!stack) throw new Error(`--stack is needed\n${statusUsage}`);
  const file = await stackFile(stack);
  say(`${file.project} ${file.stack} in ${file.region}`);
  for (const name of serviceNames) {
    const service = await lookUp(file, name);
    say(["", ...(service ? await overview(service) : [`${name}: not deployed`])].join("\n"));
  }
}

/** The service, or nothing where it is not deployed. Fails when AWS does not know who asks. */
async function lookUp(file: StackFile, service: string): Promise<Service | undefined> {
  try {
    return await findService(file, service);
  } catch (error) {
    const { name, message } = error as Error;
    if (!/^(CredentialsProvider|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature)/.test(name))
      throw error;
    const way = `sign in to the account of ${file.stack}, or set AWS_PROFILE`;
    throw new Error(`AWS does not know who asks (${message}): ${way}`, { cause: error });
  }
}

function withUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
}
