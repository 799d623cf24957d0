import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

/** Milliseconds a collector beside the service may take; later its spans are lost. */
const patience = 2000;

/**
 * Sends spans to a collector by OTLP over HTTP. Own code because it is one request: the published exporter brings a second HTTP
 * client and retries that would hold up a process that wants to stop.
 */
export class OtlpExporter implements SpanExporter {
  readonly #url: string;

  /** `endpoint` is where the collector listens, without a path: `http://127.0.0.1:4318`. */
  constructor(endpoint: string) {
    if (!URL.canParse(endpoint)) throw new Error(`OTEL_EXPORTER_OTLP_ENDPOINT must be a URL, got "${endpoint}"`);
    this.#url = new URL("/v1/traces", endpoint).href;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#send(spans).then(
      () => done({ code: ExportResultCode.SUCCESS }),
      (error: Error) => done({ code: ExportResultCode.FAILED, error }),
    );
  }

  async shutdown(): Promise<void> {}

  async #send(spans: ReadableSpan[]): Promise<void> {
    const answer = await fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf" },
      body: ProtobufTraceSerializer.serializeRequest(spans)!.slice(),
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
  }
}
