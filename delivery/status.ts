import { parseArgs } from "node:util";
import { serviceNames } from "../app/contract.ts";
import { overview } from "./overview.ts";
import { findService } from "./service.ts";
import { stackFile } from "./stack-file.ts";

const usage = "usage: npm run status -- --stack S";

try {
  const { values } = parseArgs({ options: { stack: { type: "string" } } });
  if (!values.stack) throw new Error(`--stack is needed\n${usage}`);
  const file = await stackFile(values.stack);
  console.log(`${file.project} ${file.stack} in ${file.region}`);
  for (const name of serviceNames) {
    const service = await findService(file, name);
    console.log(["", ...(service ? await overview(service) : [`${name}: not deployed`])].join("\n"));
  }
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  console.error(code?.startsWith("ERR_PARSE_ARGS") ? `${message}\n${usage}` : message);
  process.exitCode = 1;
}
