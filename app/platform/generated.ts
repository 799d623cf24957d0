import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";

/** Writes the generated `text` to `file`; when only checking, says what to do if the file holds something else, and fails the process. */
export async function generated(file: string, text: string, onlyCheck: boolean): Promise<void> {
  if (!onlyCheck) return writeFile(file, text);
  if ((await readFile(file, "utf8").catch(() => "")) === text) return;
  const name = basename(file);
  console.error(`app/${name} is not what its sources say: run node app/${name.replace(/json$/, "ts")}`);
  process.exitCode = 1;
}
