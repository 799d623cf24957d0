import { parseArgs } from "node:util";

const usage = "usage: npm run --silent permissions -- [--stack dev] (--against <snapshot file or git ref> | --write)";

try {
  const { values } = parseArgs({
    options: { stack: { type: "string", default: "dev" }, against: { type: "string" }, write: { type: "boolean" } },
  });
  const { stack, against, write } = values;
  if ((against === undefined) === (write === undefined)) throw new Error(`say what to do\n${usage}`);
  // Loaded when the words are right: whoever mistyped one is told at once.
  const { changesSince, permissionsOf, writeSnapshot } = await import("./snapshots.ts");
  const now = await permissionsOf(stack);
  process.stdout.write(against === undefined ? writeSnapshot(stack, now) : changesSince(against, stack, now));
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  console.error(code?.startsWith("ERR_PARSE_ARGS") ? `${message}\n${usage}` : message);
  process.exitCode = 1;
}
