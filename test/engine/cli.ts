import { execFileSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Pulumi CLI's version: what CI installs and what is built here where none is installed. */
export const version = readFileSync(join(root, ".pulumi.version"), "utf8").trim();

/** A Pulumi CLI and the PATH under which it finds Node, its language host and its policy launcher. */
export interface Engine {
  command: string;
  path: string;
}

const howTo = "install the Pulumi CLI, or Go so that it can be built here";

/**
 * The Pulumi CLI from PATH; else the one built before; else one built now from its Go module, once, into `.cache/engine`.
 * Returns the reason when none of that is possible. `path` and `cache` are for tests.
 */
export function findEngine(path = process.env.PATH ?? "", cache = join(root, ".cache", "engine")): Engine | string {
  const cached = join(cache, `v${version}`, "bin", "pulumi");
  let command = onPath("pulumi", path) ?? (existsSync(cached) ? cached : undefined);
  if (!command) {
    if (!onPath("go", path)) return `no pulumi and no go on PATH: ${howTo}`;
    try {
      build(cached);
    } catch (error) {
      return `building pulumi v${version} from its Go module failed, ${howTo}: ${(error as Error).message}`;
    }
    command = cached;
  }
  // Official tools come first; ours stand in for what such a build lacks.
  return { command, path: [dirname(process.execPath), dirname(command), path, standIns(cache)].join(delimiter) };
}

/** The executable called `name` in the folders of `path`. */
function onPath(name: string, path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const module = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

function build(target: string): void {
  console.error(`building pulumi v${version} from its Go module (once, about two minutes)`);
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  // Built beside its place and renamed, so that a build cut short leaves nothing that looks finished.
  const work = mkdtempSync(join(folder, "build-"));
  const go = (...args: string[]) =>
    execFileSync("go", args, { cwd: work, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  try {
    writeFileSync(join(work, "go.mod"), "module engine\n\ngo 1.25.0\n");
    go("get", "-tool", `${module}@v${version}`);
    // The binary reports the version its plugins and the Automation API ask for.
    const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
    go("build", "-trimpath", "-ldflags", `-s -w ${stamp}`, "-o", "pulumi", module);
    renameSync(join(work, "pulumi"), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The folder with launchers for our own language host and policy launcher, by the names the engine looks for. */
function standIns(cache: string): string {
  const folder = join(cache, "stand-ins");
  mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries({
    "pulumi-language-nodejs": "language",
    "pulumi-analyzer-policy": "policy",
  })) {
    const file = join(folder, name);
    const text = `#!/bin/sh\nexec '${process.execPath}' '${join(root, "test", "engine", "host", `${script}.ts`)}' "$@"\n`;
    writeFileSync(`${file}.${process.pid}`, text);
    chmodSync(`${file}.${process.pid}`, 0o755);
    renameSync(`${file}.${process.pid}`, file);
  }
  return folder;
}
