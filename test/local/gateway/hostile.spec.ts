import assert from "node:assert/strict";
import { connect } from "node:net";
import { startGateway } from "../../../local/gateway/server.ts";
import { readApi } from "../../../local/gateway/api.ts";
import { clinic } from "./clinic.ts";
import { openFrontDoor, type FrontDoor } from "./front-door.ts";

const upload = "PUT /patients/17/files/x HTTP/1.1\r\nHost: a\r\n";

describe("Gateway server", () => {
  let door: FrontDoor;
  before(async () => (door = await openFrontDoor()));
  after(() => door.stop());
  afterEach(async () => assert.equal((await door.fetch("/patients/me")).status, 200));

  /** Everything the server sends back until it closes the connection, or until `enough`. */
  const raw = (text: string, enough = (_: string) => false, { port } = door) =>
    new Promise<string>((resolve) => {
      let received = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        received += chunk;
        if (enough(received)) socket.destroy();
      });
      socket.on("error", () => undefined).on("close", () => resolve(received));
    });
  const statusLine = async (text: string) => (await raw(text, (seen) => seen.includes("\r\n\r\n"))).split("\r\n")[0];

  for (const [what, text, status] of [
    ["text that is no HTTP", "hello\r\n\r\n", "400 Bad Request"],
    ["a header without a name", "GET /patients/me HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", "400 Bad Request"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400 Bad Request"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "400 Bad Request",
    ],
    [
      "headers beyond all bounds",
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
      "431 Request Header Fields Too Large",
    ],
    ["a target that is no path", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request"],
    ["a broken escape in the path", "GET /patients/%zz/%c0%ae%00 HTTP/1.1\r\nHost: a\r\n\r\n", "403 Forbidden"],
    ["dots in the path", "GET /patients/../health/patients HTTP/1.1\r\nHost: a\r\n\r\n", "403 Forbidden"],
    ["a method of its own", "BREW /patients HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request"],
    ["the full URL as target", "GET http://a/patients/me?x=1 HTTP/1.1\r\nHost: a\r\n\r\n", "200 OK"],
    [
      "__proto__ as path and parameters",
      "GET /__proto__?__proto__=1&constructor=2 HTTP/1.1\r\nHost: a\r\n\r\n",
      "403 Forbidden",
    ],
  ] as const) {
    it(`answers ${what} and lives on`, async () => assert.equal(await statusLine(text), `HTTP/1.1 ${status}`));
  }

  it("answers what is not HTTP in the form of its other answers", async () => {
    const [head, body] = (await raw("hello\r\n\r\n")).split("\r\n\r\n");
    assert.match(head!, /\r\nConnection: close\r\nContent-Type: application\/json\r\n/);
    assert.equal(body, '{"message":"Bad Request"}');
  });

  it("answers a body that never ends as soon as it is too large", async () => {
    const head = `${upload}Transfer-Encoding: chunked\r\n\r\n`;
    const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    assert.equal(await statusLine(head + chunk.repeat(11)), "HTTP/1.1 413 Payload Too Large");
  });

  it("answers requests sent in one go in their order", async () => {
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const seen = await raw(
      get("/patients/me") + get("/nothing") + get("/health/patients"),
      (text) => text.split("HTTP/1.1 ").length === 4 && text.endsWith("\r\n\r\n"),
    );
    assert.deepEqual(
      [...seen.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
      ["200", "403", "200"],
    );
  });

  it("keeps a body it did not read apart from the request that follows", async () => {
    const smuggled = "GET /patients/me HTTP/1.1\r\nHost: a\r\n\r\n";
    door.calls.length = 0;
    const text = `POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}GET /health/patients HTTP/1.1\r\nHost: a\r\n\r\n`;
    const seen = await raw(text, (all) => all.includes("HTTP/1.1 200"));
    assert.deepEqual(
      [...seen.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
      ["403", "200"],
    );
    assert.deepEqual(
      door.calls.map(({ event }) => event.path),
      ["/health/patients"],
    );
  });

  for (const [what, text, status] of [
    ["headers", "GET /patients/me HTTP/1.1\r\nHost: a\r\nX-Slow: ", /^HTTP\/1\.1 408 Request Timeout/],
    ["body", `${upload}Content-Length: 100\r\n\r\n{`, /^HTTP\/1\.1 4\d\d /],
  ] as const) {
    it(`cuts off a client that does not finish its ${what}, and calls no function`, async () => {
      // A door of its own: on a busy machine, a client with a whole request may take as long.
      const hasty = await openFrontDoor({}, { headersTimeoutMillis: 100, requestTimeoutMillis: 200 });
      try {
        assert.match(await raw(text, undefined, hasty), status);
        assert.equal(hasty.calls.length, 0);
      } finally {
        await hasty.stop();
      }
    });
  }

  it("lives on when clients go away in the middle", async () => {
    const called = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<object>();
    door.answer = () => {
      called.resolve();
      return answer.promise;
    };
    const waiting = connect(door.port, "127.0.0.1", () =>
      waiting.write("GET /patients/me HTTP/1.1\r\nHost: a\r\n\r\n"),
    );
    await called.promise;
    waiting.resetAndDestroy();
    const head = `${upload}Content-Length: 9\r\n\r\n{`;
    const sending = connect(door.port, "127.0.0.1", () => sending.write(head, () => sending.resetAndDestroy()));
    await new Promise((resolve) => sending.on("close", resolve));
    answer.resolve({});
    door.answer = () => ({});
  });

  it("fails to start on a port that is in use, naming it", async () => {
    const options = {
      api: readApi(clinic()),
      functions: { invoke: () => Promise.reject(new Error()) },
      keys: async () => ({ keys: [] }),
    };
    await assert.rejects(startGateway({ ...options, port: door.port }), {
      message: `port ${door.port} is in use: stop what listens there or set PORT to another`,
    });
  });

  it("stops while a request hangs", async () => {
    const other = await openFrontDoor({}, { stopGraceMillis: 20 });
    const called = Promise.withResolvers<void>();
    other.answer = () => {
      called.resolve();
      return new Promise(() => undefined);
    };
    const hanging = other.fetch("/patients/me").catch(() => "cut off");
    await called.promise;
    await other.stop();
    assert.equal(await hanging, "cut off");
  });
});
