import { rollbackCommand, statusCommand } from "./commands.ts";

const [name = "", ...args] = process.argv.slice(2);
const command = { rollback: rollbackCommand, status: statusCommand }[name];

try {
  if (!command) throw new Error(`"${name}" is no command: use rollback or status`);
  await command(args, console.log);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
