import { type Server } from "node:http";
import { Server as TcpServer } from "node:net";

/** Milliseconds in which a client may still have sent a request on a connection that looks idle from here. */
const quietMilliseconds = 1000;

/**
 * Stops accepting connections, answers what was asked, tells clients to let go of their connections, and resolves when the last
 * is gone; connections still open after `seconds` are cut.
 */
export async function stopped(server: Server, seconds: number): Promise<void> {
  // Not http's own close: it cuts idle connections at once, and with them the requests that are on their way.
  const closed = new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
  });
  server.prependListener("request", (_request, response) => response.setHeader("connection", "close"));
  // After what has come in meanwhile is read: a process that was held up for long finds both due at once.
  const cut = () => void setImmediate(() => server.closeIdleConnections());
  const idle = setInterval(cut, quietMilliseconds);
  const late = setTimeout(() => server.closeAllConnections(), seconds * 1000);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
