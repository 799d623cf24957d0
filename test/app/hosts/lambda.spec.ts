import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { mock } from "node:test";
import fc from "fast-check";
import { type Clinic, clinic, someBooking, withEnvironment } from "../clinic.ts";

type Handler = (event: unknown, context?: object) => Promise<{ statusCode: number; headers: any; body: string }>;

const scope = "clinic/appointments.read clinic/appointments.write";

function event(method: string, path: string, parts: object = {}, claims: object | null = { sub: "person-1", scope }) {
  const requestContext = { requestId: "request-1", authorizer: claims && { claims } };
  return { httpMethod: method, path, headers: { "Content-Type": "application/json" }, requestContext, ...parts };
}

describe("the Lambda host", () => {
  let at: Clinic;
  let handler: Handler;
  let daemon: Socket;
  const datagrams: string[] = [];
  let restore = () => {};

  before(async () => {
    at = await clinic();
    daemon = createSocket("udp4").on("message", (message) => datagrams.push(message.toString()));
    daemon.bind(0, "127.0.0.1");
    await once(daemon, "listening");
    restore = withEnvironment({
      SERVICE: "appointments",
      DATABASE_URL: await at.urlOf("appointments"),
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
      POWERTOOLS_LOG_LEVEL: "SILENT",
      POWERTOOLS_METRICS_DISABLED: "true",
    });
    ({ handler } = (await import("../../../app/hosts/lambda.ts")) as { handler: Handler });
  });
  after(() => {
    restore();
    daemon.close();
  });

  /** Turns in which what the host has sent is received; a batch would leave by itself only after seconds. */
  const received = async () => {
    for (let turn = 0; turn < 100 && datagrams.length === 0; turn++) await new Promise(setImmediate);
  };

  it("answers the events of the gateway by the claims of its authorizer", async () => {
    const book = (claims?: object | null) =>
      handler(event("POST", "/appointments", { body: JSON.stringify(someBooking()) }, claims));
    const answers = await Promise.all([book(), book({ sub: "person-1", scope: "" }), book(null)]);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [201, 403, 401],
    );
    assert.equal(answers[0]!.headers["x-request-id"], "request-1");
    assert.equal(JSON.parse(answers[2]!.body).requestId, "request-1");
  });

  it("answers its health without claims", async () => {
    const { statusCode, body } = await handler(event("GET", "/health/appointments", {}, null));
    assert.deepEqual([statusCode, JSON.parse(body)], [200, { service: "appointments", status: "ok" }]);
  });

  it("continues the trace of the invocation, and has sent its spans when it answers", async () => {
    process.env._X_AMZN_TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    datagrams.length = 0;
    await handler(event("GET", "/appointments"));
    delete process.env._X_AMZN_TRACE_ID;
    await received();
    const [header, payload] = datagrams[0]!.split("\n");
    assert.deepEqual([header, payload!.slice(0, 3)], ['{"format":"json","version":1}', "T1S"]);
    const spans = Buffer.from(payload!.slice(3), "base64");
    for (const part of ["5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8"]) {
      assert.ok(spans.includes(Buffer.from(part, "hex")), `spans name ${part}`);
    }
    for (const name of ["GET /appointments", "select appointments"])
      assert.ok(spans.includes(name), `spans have ${name}`);
  });

  it("sends no spans of a trace that is not sampled", async () => {
    process.env._X_AMZN_TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";
    datagrams.length = 0;
    await handler(event("GET", "/appointments"));
    process.env._X_AMZN_TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272794;Parent=53995c3f42cd8ad8;Sampled=1";
    await handler(event("GET", "/appointments"));
    delete process.env._X_AMZN_TRACE_ID;
    await received();
    const spans = datagrams.map((datagram) => Buffer.from(datagram.split("T1S")[1]!, "base64").toString("hex"));
    // The whole id: a few of its digits are among the random ones of another span now and then.
    const traces = ["3", "4"].map((end) => spans.some((hex) => hex.includes(`5759e988bd862e3fe1be46a99427279${end}`)));
    assert.deepEqual(traces, [false, true]);
  });

  it("logs the status of an answer that it gives itself: rollouts count those of 500 and above", async () => {
    process.env.POWERTOOLS_LOG_LEVEL = "INFO";
    const { handler: logged } = (await import(`${"../../../app/hosts/lambda.ts"}?logged`)) as { handler: Handler };
    process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
    const lines: { message: string; status?: number }[] = [];
    const written = mock.method(process.stdout, "write", (line: string) => (lines.push(JSON.parse(line)), true));
    try {
      assert.equal((await logged("no event")).statusCode, 400);
    } finally {
      written.mock.restore();
    }
    assert.deepEqual(
      lines.map(({ message, status }) => [message, status]),
      [["event refused", 400]],
    );
  });

  it("answers a problem to any event, however malformed", async () => {
    const odd = fc.record(
      {
        httpMethod: fc.constantFrom("GET", "POST", "PATCH", "TRACE", ""),
        path: fc.oneof(fc.string(), fc.constant("/appointments")),
      },
      { requiredKeys: [] },
    );
    const parts = fc.oneof(
      fc.anything(),
      odd,
      fc.string().map((body) => event("POST", "/appointments", { body })),
    );
    await fc.assert(
      fc.asyncProperty(parts, async (malformed) => {
        const { statusCode, headers } = await handler(malformed);
        assert.ok(statusCode >= 400 && statusCode < 500, String(statusCode));
        assert.equal(headers["content-type"], "application/problem+json");
      }),
    );
  });
});
