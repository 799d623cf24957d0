import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * SHA-256 over every `.sql` file below `directory`, paths and contents, in an order that does not depend on the file system.
 * Line endings do not count. Fails when there is no such file: the directory is probably wrong.
 */
export function migrationsHash(directory: string): string {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".sql"))
    .sort();
  if (files.length === 0)
    throw new Error(`no .sql file below "${directory}": pass the folder that holds the migrations`);
  const hash = createHash("sha256");
  for (const path of files) {
    const content = readFileSync(join(directory, path), "utf8").replaceAll("\r\n", "\n");
    hash.update(`${path}\0${Buffer.byteLength(content)}\0${content}`);
  }
  return hash.digest("hex");
}
