import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * SHA-256 over everything a build context can contribute to an image: paths, modes and contents below `directory`, in an
 * order that does not depend on the file system. `node_modules` is left out and must be left out of the context, too.
 * It makes the image's tag, so it may cover more than the context (a rebuild too many) but never less (a change that is not
 * built). Fails when `.dockerignore` excludes neither everything at first nor `node_modules`.
 */
export function contextHash(directory: string): string {
  const ignored = readFileSync(join(directory, ".dockerignore"), "utf8").split(/\r?\n/);
  if (!ignored.some((line) => /^(\*|\*\*\/node_modules\/?)$/.test(line.trim()))) {
    throw new Error(
      `${directory}/.dockerignore must exclude node_modules: begin it with "*", or add the line "**/node_modules"`,
    );
  }
  const hash = createHash("sha256");
  for (const path of pathsBelow(directory, "")) {
    const full = join(directory, path);
    const stat = lstatSync(full);
    const content = stat.isSymbolicLink() ? Buffer.from(readlinkSync(full)) : readFileSync(full);
    hash.update(`${path}\0${(stat.mode & 0o777).toString(8)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function pathsBelow(directory: string, prefix: string): string[] {
  const entries = readdirSync(join(directory, prefix), { withFileTypes: true });
  return entries
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      return entry.isDirectory() ? pathsBelow(directory, path) : [path];
    })
    .sort();
}
