import { spawn, type ChildProcess } from "node:child_process";
import type { Identity } from "./database-binaries.ts";

export interface ServerOptions {
  initdb: string;
  postgres: string;
  /** Name of the superuser. */
  superuser: string;
  password: string;
  /** Holds everything the server writes. Must not exist yet; its parent must be writable for `identity`. */
  directory: string;
  port: number;
  identity: Identity;
}

const settings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "synchronous_commit=off",
].flatMap((setting) => ["-c", setting]);

// The shell outlives a killed parent just long enough to notice that its input closed, and takes server and files with it: also
// while initdb still runs. It makes the directory itself, so that there is no moment at which nobody would remove it. Its whole group gets the signal, since initdb works by child processes of its own, and gets it again,
// since a program that is only just starting ignores it as the shell does.
const guard = `
initdb=$1 postgres=$2 superuser=$3
shift 3
trap '' INT QUIT TERM
read -r password || exit
umask 077
mkdir "$0" && cd "$0" && printf %s "$password" >password || exit
{
  "$initdb" --username="$superuser" --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync -D data >/dev/null &&
    rm password && "$postgres" -D data "$@"
  echo "the server has ended" >&2
} &
read -r _
while kill -0 $! 2>/dev/null; do kill -QUIT 0; sleep 0.05; done
cd / && rm -rf "$0"`;

/** Starts the preparation of a fresh data directory and then the server on it. It ends when its input does. */
export function serve({
  initdb,
  postgres,
  superuser,
  password,
  directory,
  port,
  identity,
}: ServerOptions): ChildProcess {
  const words = [directory, initdb, postgres, superuser, ...settings, "-c", `port=${port}`];
  const server = spawn("/bin/sh", ["-c", guard, ...words], {
    ...identity,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  server.stdin.on("error", () => undefined).write(`${password}\n`);
  return server;
}

/** Resolves when the server accepts connections. Fails when it ends, when the time is up, and on abort; it may run on then. */
export async function accepting(server: ChildProcess, seconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = "";
  const fail = () => reject(new Error(log.trim() || "it ended at once"));
  const read = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-2000);
    if (log.includes("ready to accept connections")) resolve();
    else if (/^.*FATAL: .*$|the server has ended/m.test(log)) fail();
  };
  const abort = () => reject(signal!.reason);
  const late = () => reject(new Error(`it was not ready after ${seconds} seconds: ${log.trim()}`));
  const timer = setTimeout(late, seconds * 1000);
  server.stderr!.on("data", read);
  server.once("error", reject).once("exit", fail);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    server.removeListener("exit", fail).stderr!.removeListener("data", read).resume();
  }
}

/** Ends the server, however far it is, removes its directory, and resolves when both is done. */
export async function stopServer(server: ChildProcess): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  server.once("exit", () => resolve());
  // Without an id it never started.
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) resolve();
  server.stdin!.end();
  await ended;
}
