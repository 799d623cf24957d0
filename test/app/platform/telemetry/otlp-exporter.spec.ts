import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { ExportResultCode, type ExportResult } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";
import { OtlpExporter } from "../../../../app/platform/telemetry/otlp-exporter.ts";

function someSpans(): ReadableSpan[] {
  const memory = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] });
  provider.getTracer("spec").startSpan("GET /patients").end();
  return memory.getFinishedSpans();
}

const sent = (exporter: OtlpExporter, spans: ReadableSpan[]) =>
  new Promise<ExportResult>((resolve) => exporter.export(spans, resolve));

describe("OtlpExporter", () => {
  /** A collector that answers `status` and keeps what it was sent. */
  async function collector(status: number) {
    const taken: { path?: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      taken.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(status).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    after(() => void server.close().closeAllConnections());
    return { taken, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it("sends spans as OTLP in protobuf", async () => {
    const { taken, endpoint } = await collector(200);
    assert.equal((await sent(new OtlpExporter(endpoint), someSpans())).code, ExportResultCode.SUCCESS);
    const [{ path, headers, body }] = taken as [(typeof taken)[0]];
    assert.deepEqual([path, headers["content-type"]], ["/v1/traces", "application/x-protobuf"]);
    assert.ok(body.includes("GET /patients"));
  });

  it("fails the export, and nothing else, when the collector refuses or is gone", async () => {
    const { endpoint } = await collector(503);
    for (const at of [endpoint, "http://127.0.0.1:1"]) {
      assert.equal((await sent(new OtlpExporter(at), someSpans())).code, ExportResultCode.FAILED);
    }
  });

  it("fails on an endpoint that is no URL", () => {
    assert.throws(() => new OtlpExporter("collector"), /OTEL_EXPORTER_OTLP_ENDPOINT must be a URL, got "collector"/);
  });
});
