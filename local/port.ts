import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** The port in the environment variable `PORT`, 8080 without one. Fails on anything but a port. */
export function portOf(given: string | undefined): number {
  if (given === undefined || given === "") return 8080;
  const port = Number(given);
  if (/^\d+$/.test(given) && port < 65536) return port;
  throw new Error(`PORT must be a number from 0 to 65535, got "${given}": give a free port, or 0 for any`);
}

/** Fails, with what to do, when nothing of ours can listen on the port of the loopback interface; 0 is always free. */
export function requireFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(listenFailure(port, error)));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** Why a server cannot listen on the port, in words that say what to do. */
export function listenFailure(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`port ${port} is in use: stop what listens there or set PORT to another`, { cause: error });
  if (error.code === "EACCES")
    return new Error(`port ${port} is not for every user: set PORT to one above 1023`, { cause: error });
  return error;
}

/**
 * A port of the loopback interface that is free. Taken from below those that systems give to outgoing connections, so that it is
 * still free when a server comes to it a second later.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    const free = await requireFree(port).then(
      () => true,
      (error: NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }) => {
        if (error.cause?.code === "EADDRINUSE") return false;
        throw error;
      },
    );
    if (free) return port;
  }
}
