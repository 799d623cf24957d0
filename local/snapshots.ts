import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { differences } from "../policies/permissions/diff.ts";
import { markdown } from "../policies/permissions/markdown.ts";
import { snapshotOf, type Snapshot } from "../policies/permissions/snapshot.ts";
import type { Graph } from "./graph.ts";
import { asResource } from "./preview.ts";
import { projectDirectory, recordStack } from "./stack.ts";

/** Where the permissions of a stack are committed. */
export const snapshotPath = (stack: string) => `policies/snapshot/${stack}.json`;

/** The permissions that the program declares for a stack now, unless told what it has recorded. */
export async function permissionsOf(stack: string, recorded?: Graph): Promise<Snapshot> {
  const { nodes } = recorded ?? (await recordStack(stack));
  return snapshotOf(nodes.map(asResource)).snapshot;
}

/** A snapshot as it is committed. */
export const written = (snapshot: Snapshot) => `${JSON.stringify(snapshot, null, 2)}\n`;

/** Writes `now` to the stack's file, and says so. */
export function writeSnapshot(stack: string, now: Snapshot): string {
  mkdirSync(`${projectDirectory}/policies/snapshot`, { recursive: true });
  writeFileSync(`${projectDirectory}/${snapshotPath(stack)}`, written(now));
  return `${snapshotPath(stack)}: ${Object.keys(now.principals).length} principals\n`;
}

/** What changes between a snapshot file, or the snapshot of a commit, and `now`; nothing when nothing does. Markdown. */
export const changesSince = (against: string, stack: string, now: Snapshot): string =>
  markdown(stack, differences(permissionsAt(against, stack), now));

/**
 * The permissions to compare with: a snapshot file, or the snapshot that a commit holds. A commit is read and not run: its
 * program may need other packages, and a spec keeps each committed snapshot true to its program. A commit from before there
 * were snapshots counts as one without permissions.
 */
export function permissionsAt(against: string, stack: string): Snapshot {
  if (existsSync(against)) return parsed(readFileSync(against, "utf8"), against);
  const commit = git(["rev-parse", "--verify", "--quiet", `${against}^{commit}`]);
  if (commit === undefined) {
    throw new Error(`--against must be a snapshot file or a git ref, got "${against}": name one that exists`);
  }
  const text = git(["show", `${commit.trim()}:./${snapshotPath(stack)}`]);
  return text === undefined ? { principals: {}, resources: {} } : parsed(text, `${against}:${snapshotPath(stack)}`);
}

function git(args: string[]): string | undefined {
  try {
    const stdio = ["ignore", "pipe", "ignore"] as const;
    return execFileSync("git", args, {
      cwd: projectDirectory,
      encoding: "utf8",
      stdio: [...stdio],
      maxBuffer: 1 << 28,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Error("git is not installed: name a snapshot file", { cause: error });
    return undefined;
  }
}

function parsed(text: string, name: string): Snapshot {
  let value: Partial<Snapshot> | undefined;
  try {
    value = JSON.parse(text) as Partial<Snapshot>;
  } catch {
    value = undefined;
  }
  if (typeof value?.principals !== "object" || typeof value.resources !== "object") {
    throw new Error(`${name} is no snapshot of permissions: write one with npm run permissions -- --write`);
  }
  return value as Snapshot;
}
