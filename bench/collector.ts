import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server sends its spans to, as the collector beside a task. */
export interface Collector {
  /** Value of `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  endpoint: string;
  /** Bytes of spans so far. */
  taken(): number;
  stop(): void;
}

export async function startCollector(): Promise<Collector> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on("data", (part: Buffer) => (bytes += part.length)).once("end", () => response.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, taken: () => bytes, stop: () => void server.close().closeAllConnections() };
}
