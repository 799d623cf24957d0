import { parseArgs } from "node:util";
import { healthPath, serviceNames } from "../app/contract.ts";
import { rollBack } from "./roll-back.ts";
import { findService } from "./service.ts";
import { stackFile } from "./stack-file.ts";

const usage = 'usage: npm run rollback -- --stack S --service X [--to VERSION|last-good] --reason "..."';

try {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { stack: text, service: text, to: { ...text, default: "last-good" }, reason: text },
  });
  const { stack, service, to, reason } = values;
  if (!stack || !service || !reason) throw new Error(`--stack, --service and --reason are needed\n${usage}`);
  const name = serviceNames.find((known) => known === service);
  if (!name) throw new Error(`--service must be one of ${serviceNames.join(", ")}, got "${service}"`);
  if (!/^(last-good|[1-9]\d*)$/.test(to))
    throw new Error(`--to must be last-good or a version such as 13, got "${to}"`);
  const file = await stackFile(stack);
  const opened = await findService(file, name);
  if (!opened)
    throw new Error(`${name} is not deployed in ${file.region}, nothing was moved: check --stack and --service`);
  await rollBack(opened, { to, reason, healthPath: healthPath(name) }, console.log);
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  console.error(code?.startsWith("ERR_PARSE_ARGS") ? `${message}\n${usage}` : message);
  process.exitCode = 1;
}
