// Installs what the lockfile names when node_modules does not hold it yet, so that any npm script can be the first command
// typed on a fresh clone. Plain JavaScript: it may run on a Node that cannot strip types.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const wanted = packages("package-lock.json");
const present = packages("node_modules/.package-lock.json");
// npm would empty the folder of whoever a link leads to, such as another checkout's, and put one of its own in the link's place.
const linked = lstatSync(new URL("../node_modules", import.meta.url), { throwIfNoEntry: false })?.isSymbolicLink();
const missing = Object.entries(wanted).filter(([path, entry]) => needed(path, entry) && !installed(path, entry));

if (missing.length > 0 && !linked) {
  console.error(`installing ${missing.length} packages (once)`);
  // Node and PostgreSQL are optional packages, and what the laptop and the tests use is for development. NODE_ENV=production and npm's
  // own `omit` would leave them out; what is in both lists npm installs.
  const included = ["--include=prod", "--include=dev", "--include=optional", "--include=peer"];
  // The Node that this runs on may be older than the project's own, which comes with the packages.
  const words = ["ci", ...included, "--no-engine-strict", "--no-fund", "--no-audit", "--loglevel=error"];
  // On Windows, npm is a script that only a shell can run.
  const shell = process.platform === "win32";
  const { status, error } = spawnSync("npm", words, { cwd: root, stdio: ["ignore", 2, 2], shell });
  if (status !== 0) {
    const how = error ? `could not be started (${error.code})` : `ended with code ${status}`;
    console.error(
      `the packages are not installed, npm ci ${how}: see above, mend it and try again; this needs a network`,
    );
    process.exit(1);
  }
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(new URL(`../${lockfile}`, import.meta.url), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Whether the package must be there. Of the optional ones, those made for this very platform: Node and PostgreSQL are such. */
function needed(path, { optional, link, os, cpu, libc }) {
  if (!path.includes("node_modules/") || link) return false;
  return !optional || Boolean(os && cpu && !libc && allows(os, process.platform) && allows(cpu, process.arch));
}

/** A package may also have been taken away by hand. */
function installed(path, { version }) {
  return present[path]?.version === version && existsSync(new URL(`../${path}/package.json`, import.meta.url));
}

function allows(list, own) {
  return [list].flat().includes(own);
}
