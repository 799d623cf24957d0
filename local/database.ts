import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverBinaries, unprivileged, type Identity } from "./database-binaries.ts";
import { accepting, serve, stopServer } from "./database-server.ts";
import { freePort } from "./port.ts";

/** A running PostgreSQL server that nobody but this process uses and that dies with it. */
export interface Database {
  /** Connection string of the superuser. */
  url: string;
  /** Port on the loopback interface. */
  port: number;
  /** Connection string for one user and database of this server. */
  urlFor(user: string, password: string, database: string): string;
  /** Stops the server and removes its files; safe to call twice. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** Seconds to wait for the server to accept connections. Defaults to 20. */
  startSeconds?: number;
  /** Gives up the start at once. Has no effect on a server that is up. */
  signal?: AbortSignal;
}

/**
 * Starts a fresh PostgreSQL from npm in a temporary directory. It runs unprivileged even for root, which PostgreSQL refuses,
 * and without fsync: the data is gone with the process anyway. Fails when the platform has no server package or it does not come
 * up; then nothing is left of it.
 */
export async function startDatabase({ startSeconds = 20, signal }: DatabaseOptions = {}): Promise<Database> {
  const identity = unprivileged();
  const binaries = await serverBinaries(identity);
  signal?.throwIfAborted();
  const directory = await mkdtemp(join(tmpdir(), "slipway-postgres-"));
  const password = randomBytes(18).toString("base64url");
  let server: ChildProcess | undefined;
  try {
    await handOver(directory, password, identity);
    const port = await freePort();
    signal?.throwIfAborted();
    server = serve({ ...binaries, superuser, directory, port, identity });
    await accepting(server, startSeconds, signal);
    return database(server, directory, port, password);
  } catch (error) {
    if (server) await stopServer(server);
    await rm(directory, { recursive: true, force: true });
    if (signal?.aborted) throw error;
    throw new Error(
      `the local database did not come up: ${(error as Error).message}; set DATABASE_URL to use a server of your own`,
      { cause: error },
    );
  }
}

// Not `postgres`: that is what programs like to call the owner of an RDS instance, who is no superuser.
const superuser = "superuser";

function database(server: ChildProcess, directory: string, port: number, password: string): Database {
  let stopped: Promise<void> | undefined;
  const urlFor = (user: string, secret: string, name: string) =>
    `postgres://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
  const stop = async () => {
    await stopServer(server);
    await rm(directory, { recursive: true, force: true });
  };
  return { url: urlFor(superuser, password, "postgres"), port, urlFor, stop: () => (stopped ??= stop()) };
}

/** Gives the directory, with the superuser's password in it, to whom the server runs as. */
async function handOver(directory: string, password: string, { uid, gid }: Identity): Promise<void> {
  const passwordFile = join(directory, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (uid === undefined) return;
  for (const path of [directory, passwordFile]) await chown(path, uid, gid!);
}
