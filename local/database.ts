import { spawn, execFile, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverBinaries, unprivileged, type Identity } from "./database-binaries.ts";

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
}

/**
 * Starts a fresh PostgreSQL from npm in a temporary directory. It runs unprivileged even for root, which PostgreSQL refuses,
 * and without fsync: the data is gone with the process anyway. Fails when the platform has no server package or it does not come up.
 */
export async function startDatabase({ startSeconds = 20 }: DatabaseOptions = {}): Promise<Database> {
  const identity = unprivileged();
  const binaries = await serverBinaries(identity);
  const directory = await mkdtemp(join(tmpdir(), "slipway-postgres-"));
  const password = randomBytes(18).toString("base64url");
  try {
    await initialise(binaries.initdb, directory, password, identity);
    const port = await freePort();
    const server = serve(binaries.postgres, directory, port, identity);
    await accepting(server, startSeconds);
    return database(server, directory, port, password);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new Error(
      `the local database did not come up: ${message(error)}; set DATABASE_URL to use a server of your own`,
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
  return {
    url: urlFor(superuser, password, "postgres"),
    port,
    urlFor,
    stop: () => (stopped ??= stop(server, directory)),
  };
}

async function initialise(initdb: string, directory: string, password: string, identity: Identity): Promise<void> {
  const passwordFile = join(directory, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined) {
    await chown(directory, identity.uid, identity.gid!);
    await chown(passwordFile, identity.uid, identity.gid!);
  }
  const settings = [
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
  ];
  await promisify(execFile)(initdb, [...settings, "--no-sync", "-D", join(directory, "data")], {
    ...identity,
    cwd: directory,
  });
  await rm(passwordFile);
}

// The shell outlives a killed parent just long enough to notice that its input closed, and takes server and files with it.
const guard = `"$@" & server=$!; trap '' INT TERM; read -r _; kill -INT $server 2>/dev/null; wait $server; rm -rf "$0"`;

function serve(postgres: string, directory: string, port: number, identity: Identity): ChildProcess {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    synchronous_commit: "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = [postgres, "-D", join(directory, "data"), ...flags];
  return spawn("/bin/sh", ["-c", guard, directory, ...command], {
    ...identity,
    cwd: directory,
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
}

function accepting(server: ChildProcess, seconds: number): Promise<void> {
  let log = "";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => finish(new Error(`it was not ready after ${seconds} seconds: ${log.trim()}`)),
      seconds * 1000,
    );
    const finish = (error?: Error) => {
      clearTimeout(timer);
      server.stderr!.removeListener("data", read).resume();
      server.removeAllListeners("exit");
      if (!error) return resolve();
      server.stdin!.end();
      reject(error);
    };
    const read = (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-2000);
      if (log.includes("ready to accept connections")) finish();
      else if (/^.*FATAL: .*$/m.test(log)) finish(new Error(log.trim()));
    };
    server.stderr!.on("data", read);
    server.on("error", finish);
    server.on("exit", () => finish(new Error(log.trim() || "it ended at once")));
  });
}

async function stop(server: ChildProcess, directory: string): Promise<void> {
  const ended = new Promise<void>((resolve) =>
    server.exitCode === null ? server.once("exit", () => resolve()) : resolve(),
  );
  server.stdin!.end();
  await ended;
  await rm(directory, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function message(error: unknown): string {
  const { stderr } = error as { stderr?: string };
  return stderr?.trim() || (error instanceof Error ? error.message : String(error));
}
