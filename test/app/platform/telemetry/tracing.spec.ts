import assert from "node:assert/strict";
import { inSpan } from "../../../../app/platform/telemetry/spans.ts";
import { startTracing, type Tracing } from "../../../../app/platform/telemetry/tracing.ts";

const root = "1-5759e988-bd862e3fe1be46a994272793";

describe("the tracing of a process", () => {
  let tracing: Tracing;
  before(() => void (tracing = startTracing("patients", {})));
  after(() => tracing.stop());

  /** What becomes of a request with `header`: the id that its log is told, and the trace of the span around it. */
  const traced = (header?: string) =>
    tracing.continued(header, (told) =>
      inSpan("GET", {}, async (span) => ({ told, recorded: span.isRecording(), traceId: span.spanContext().traceId })),
    );

  it("records a trace that is sampled upstream, under its id", async () => {
    const { told, recorded, traceId } = await traced(`Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`);
    assert.deepEqual([told, recorded, `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`], [undefined, true, root]);
  });

  it("records nothing of one that is not, and tells the log its id", async () => {
    const { told, recorded } = await traced(`Root=${root};Parent=53995c3f42cd8ad8;Sampled=0`);
    assert.deepEqual([told, recorded], [root, false]);
  });

  it("follows X-Ray's default rule where upstream leaves it open, under the id of the load balancer", async () => {
    const requests = await Promise.all(Array.from({ length: 200 }, () => traced(`Root=${root}`)));
    const unrecorded = requests.filter(({ recorded }) => !recorded);
    assert.ok(unrecorded.length >= 150 && unrecorded.length < 200, String(unrecorded.length));
    assert.ok(unrecorded.every(({ told }) => told === root));
  });

  it("gives each request without a header a trace of its own", async () => {
    const requests = await Promise.all(Array.from({ length: 100 }, () => traced()));
    const told = requests.flatMap(({ told }) => told ?? []);
    assert.ok(told.every((id) => /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(id)));
    assert.equal(new Set(told).size, told.length);
  });
});
