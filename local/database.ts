import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverBinaries, unprivileged } from "./database-binaries.ts";
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
  /** Seconds to wait for the server to accept connections. Defaults to 60: on a busy machine one takes tens of them. */
  startSeconds?: number;
  /** Gives up the start at once. Has no effect on a server that is up. */
  signal?: AbortSignal;
  /** Finds a port that nobody listens on. */
  port?: () => Promise<number>;
}

/**
 * Starts a fresh PostgreSQL from npm in a temporary directory. It runs unprivileged even for root, which PostgreSQL refuses,
 * and without fsync: the data is gone with the process anyway. Fails when the platform has no server package or it does not come
 * up; then nothing is left of it.
 */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const { startSeconds = 60, signal, port: findPort = freePort } = options;
  const identity = unprivileged();
  const binaries = await serverBinaries(identity);
  const port = await findPort();
  signal?.throwIfAborted();
  const password = randomBytes(18).toString("base64url");
  const directory = join(tmpdir(), `slipway-postgres-${randomBytes(6).toString("hex")}`);
  const server = serve({ ...binaries, superuser, password, directory, port, identity });
  try {
    await accepting(server, startSeconds, signal);
    return database(server, port, password);
  } catch (error) {
    await stopServer(server);
    if (signal?.aborted) throw error;
    const { message } = error as Error;
    // Somebody else was quicker to take the port than the data directory was to prepare.
    if (message.includes("Address already in use")) return startDatabase(options);
    throw new Error(`the local database did not come up: ${message}; set DATABASE_URL to use a server of your own`, {
      cause: error,
    });
  }
}

// Not `postgres`: that is what programs like to call the owner of an RDS instance, who is no superuser.
const superuser = "superuser";

function database(server: ChildProcess, port: number, password: string): Database {
  let stopped: Promise<void> | undefined;
  const urlFor = (user: string, secret: string, name: string) =>
    `postgres://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
  return { url: urlFor(superuser, password, "postgres"), port, urlFor, stop: () => (stopped ??= stopServer(server)) };
}
