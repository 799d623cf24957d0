import { rollbackCommand } from "./commands.ts";

try {
  await rollbackCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
