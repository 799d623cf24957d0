import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** Connections that each ask again as soon as they are answered. */
  connections: number;
}

export interface Served {
  /** Requests written to a connection that the server had accepted: each of them was then either answered or lost. */
  sent: number;
  answered: number;
  /** Requests that got no answer, or another than 200. */
  lost: number;
  /** Connections that were refused: nothing was sent on them, a load balancer takes its request elsewhere. */
  refused: number;
}

/**
 * Asks over connections that stay open, each until `until` says so or the server refuses a new one; every request that was sent is
 * waited for. By sockets and not by an HTTP client, which would cost more than the server that is measured.
 */
export async function load({ url, headers, connections }: Load, until: () => boolean): Promise<Served> {
  const { hostname, port, host, pathname } = new URL(url);
  const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname} HTTP/1.1\r\n${fields.join("")}\r\n`);
  const served: Served = { sent: 0, answered: 0, lost: 0, refused: 0 };
  const client = async () => {
    while (!until()) {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      try {
        await once(socket, "connect");
      } catch {
        served.refused += 1;
        return;
      }
      await converse(socket, request, served, until);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return served;
}

/** Asks over one connection until the server wants no more on it or `until` says so. */
function converse(socket: Socket, request: Buffer, served: Served, until: () => boolean): Promise<void> {
  let received = "";
  let waiting = false;
  const ask = () => {
    waiting = true;
    served.sent += 1;
    socket.write(request);
  };
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    received += text;
    const head = wholeHead(received);
    if (head === undefined) return;
    served[head.startsWith("HTTP/1.1 200 ") ? "answered" : "lost"] += 1;
    waiting = false;
    received = "";
    if (until() || /^connection: close/im.test(head)) socket.destroy();
    else ask();
  });
  socket.on("error", () => {});
  ask();
  return new Promise((resolve) =>
    socket.once("close", () => {
      if (waiting) served.lost += 1;
      resolve();
    }),
  );
}

/** The head of an answer that has come to its end; undefined while some of it is under way. */
function wholeHead(received: string): string | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
  return received.length >= end + 4 + length ? head : undefined;
}

/** A condition that holds from `seconds` on. */
export function after(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() >= end;
}
