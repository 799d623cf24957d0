// Installs what the lockfile names when node_modules does not hold it yet, so that any npm script can be the first command
// typed on a fresh clone. Plain JavaScript: it may run on a Node that cannot strip types.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const wanted = packages("package-lock.json");
const present = packages("node_modules/.package-lock.json");
const missing = Object.entries(wanted).filter(
  ([path, { version, optional, link }]) =>
    path.includes("node_modules/") && !optional && !link && present[path]?.version !== version,
);

if (missing.length > 0) {
  console.error(`installing ${missing.length} packages (once)`);
  execFileSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], { cwd: root, stdio: ["ignore", 2, 2] });
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(new URL(`../${lockfile}`, import.meta.url), "utf8")).packages;
  } catch {
    return {};
  }
}
