import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import type { ObservedRequest } from "../../local/gateway/observed.ts";
import { Traces, type Span } from "../../local/traces.ts";
import { gatewaySpan, spansIn, startTracing } from "../../local/tracing.ts";
import { eventually } from "../eventually.ts";

const header = '{"format":"json","version":1}\n';
const traceId = "1-6b01c652-9ac62c8c7159f49dbea9bf80";
const segment = {
  trace_id: traceId,
  id: "0a225c5358de46ea",
  parent_id: "02e9e98ebce48503",
  name: "patients",
  start_time: 1_795_278_419.25,
  end_time: 1_795_278_419.5,
  subsegments: [
    { id: "799385c6d43f39d8", name: "select", start_time: 1_795_278_419.25, end_time: 1_795_278_419.375 },
    { id: "db45d0c9419b1581", name: "under way", start_time: 1_795_278_419.25, in_progress: true },
  ],
};

describe("local X-Ray daemon", () => {
  it("reads X-Ray's own segments with what is inside them, and waits for the end of what is under way", () => {
    const common = { traceId, service: "patients", startedAt: 1_795_278_419_250, attributes: {} };
    assert.deepEqual(spansIn(Buffer.from(header + JSON.stringify(segment))), [
      { ...common, id: segment.id, parentId: segment.parent_id, name: "patients", durationMillis: 250 },
      { ...common, id: "799385c6d43f39d8", parentId: segment.id, name: "select", durationMillis: 125 },
    ]);
  });

  for (const datagram of [
    "",
    "x",
    header,
    `${header}x`,
    `${header}T1S\xff`,
    `${header}T1SCg==`,
    '{"format":"x"}\n{}',
  ]) {
    it(`drops ${JSON.stringify(datagram)}`, () => assert.deepEqual(spansIn(Buffer.from(datagram)), []));
  }

  it("keeps what is sent to its address, whatever came before it", async () => {
    const { address, traces, stop } = await startTracing();
    const [host, port] = address.split(":");
    const socket = createSocket("udp4");
    await eventually(() => {
      for (const text of ["noise", header + JSON.stringify(segment)]) socket.send(text, Number(port), host);
      return traces.spans(traceId).length > 0;
    });
    socket.close();
    await stop();
    assert.equal(traces.spans(traceId)[0]!.id, segment.id);
  });

  it("has a span of the gateway for a request that is sampled, by route", () => {
    const request = { method: "GET", path: "/patients/7", route: "/patients/{patientId}", status: 200 };
    const times = { startedAt: 5, latencyMillis: 7 };
    const sampled = (flag: number) =>
      ({ ...request, ...times, traceId: `Root=${traceId};Parent=${segment.id};Sampled=${flag}` }) as ObservedRequest;
    assert.equal(gatewaySpan(sampled(0), "api/live"), undefined);
    assert.deepEqual(gatewaySpan(sampled(1), "api/live"), {
      traceId,
      id: segment.id,
      name: "GET /patients/{patientId}",
      service: "api/live",
      startedAt: 5,
      durationMillis: 7,
      attributes: { "http.request.method": "GET", "url.path": "/patients/7", "http.response.status_code": "200" },
    });
  });
});

describe("traces", () => {
  const span = (trace: string, startedAt = 0) => ({ traceId: trace, startedAt }) as Span;

  it("forget the oldest when there are too many, and take no more spans than they hold", () => {
    const traces = new Traces({ traces: 2, spansEach: 2 });
    for (const trace of ["a", "b", "b", "b", "c"]) traces.add(span(trace));
    assert.deepEqual(traces.ids, ["b", "c"]);
    assert.deepEqual([traces.spans("a").length, traces.spans("b").length], [0, 2]);
  });

  it("have the outer of two that start in the same millisecond first, whichever ended first", () => {
    const traces = new Traces();
    for (const [id, parentId] of [["statement", "request"], ["request", "gateway"], ["gateway"], ["own", "own"]]) {
      traces.add({ ...span("a"), id: id!, parentId });
    }
    assert.deepEqual(
      traces.spans("a").map(({ id }) => id),
      ["gateway", "request", "statement", "own"],
    );
  });

  it("are in the order of their starts", () => {
    const traces = new Traces();
    for (const at of [3, 1, 2]) traces.add(span("a", at));
    assert.deepEqual(
      traces.spans("a").map(({ startedAt }) => startedAt),
      [1, 2, 3],
    );
  });
});
