import { createSocket, type Socket } from "node:dgram";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

// The datagram AWS's own exporter for this daemon sends: a header line, "T1S" for sampled spans, then OTLP in base64.
const header = '{"format":"json","version":1}\nT1S';
const largestDatagram = 64_000;

/**
 * Sends spans to the X-Ray daemon by UDP, which needs no network on Lambda. Own code because an invocation may only end, and the
 * process freeze, once the datagram has left, and because a daemon that is gone must cost spans, not the process: the published
 * exporter reports before it has sent and throws from the socket's callback.
 */
export class XrayExporter implements SpanExporter {
  readonly #host: string;
  readonly #port: number;
  readonly #socket: Socket;

  /** `address` is `host:port`, as Lambda gives it in `AWS_XRAY_DAEMON_ADDRESS`. */
  constructor(address: string) {
    const [, host, port] = /^([^:\s]+):(\d{1,5})$/.exec(address) ?? [];
    if (!host) throw new Error(`AWS_XRAY_DAEMON_ADDRESS must be host:port, got "${address}"`);
    this.#host = host;
    this.#port = Number(port);
    this.#socket = createSocket("udp4").unref();
    this.#socket.on("error", () => {});
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const finish = (error?: Error | null) =>
      done(error ? { code: ExportResultCode.FAILED, error } : { code: ExportResultCode.SUCCESS });
    try {
      const message = Buffer.from(
        header + Buffer.from(ProtobufTraceSerializer.serializeRequest(spans)!).toString("base64"),
      );
      if (message.length > largestDatagram) throw new Error(`${spans.length} spans are too much for one datagram`);
      this.#socket.send(message, this.#port, this.#host, finish);
    } catch (error) {
      finish(error as Error);
    }
  }

  shutdown(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
