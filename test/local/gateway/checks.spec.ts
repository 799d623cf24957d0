import assert from "node:assert/strict";
import { openFrontDoor, summary, type FrontDoor } from "./front-door.ts";
import { accessToken } from "./tokens.ts";

const missing = [403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'];
const badRequest = (message: string) => [400, "BadRequestException", JSON.stringify({ message })];

describe("Gateway checks", () => {
  let door: FrontDoor;
  let token: string;
  before(async () => {
    [door, token] = await Promise.all([openFrontDoor(), accessToken("clinic/patients.read clinic/patients.write")]);
  });
  beforeEach(() => (door.calls.length = 0));
  after(() => door.stop());
  const post = async (body: string | Buffer | undefined, type = "application/json") => {
    const headers = { Authorization: token, ...(type && { "Content-Type": type }) };
    return summary(
      await door.fetch("/patients", { method: "POST", headers, ...(body !== undefined && { body: body as string }) }),
    );
  };

  it("answers an unknown path or method as if credentials were missing", async () => {
    for (const [method, path] of [
      ["GET", "/"],
      ["GET", "/nothing"],
      ["GET", "/patients/17/more"],
      ["GET", "/patients//"],
      ["DELETE", "/patients"],
      ["HEAD", "/patients"],
    ] as const) {
      const [status, type, body] = await summary(await door.fetch(path, { method }));
      assert.deepEqual([status, type, method === "HEAD" ? missing[2] : body], missing, `${method} ${path}`);
    }
    assert.equal(door.calls.length, 0);
  });

  it("prefers a static path to a parameter, and serves the stage's path as well", async () => {
    for (const path of ["/patients/me", "/patients/me/", "/live/patients/me"]) await door.fetch(path);
    await door.fetch("/patients/17/files/a/b%2Fc", { method: "PUT" });
    assert.deepEqual(
      door.calls.map(({ event }) => [event.resource, event.path, event.requestContext.path, event.pathParameters]),
      [
        ["/patients/me", "/patients/me", "/patients/me", null],
        ["/patients/me", "/patients/me/", "/patients/me/", null],
        ["/patients/me", "/patients/me", "/live/patients/me", null],
        [
          "/patients/{patientId}/files/{proxy+}",
          "/patients/17/files/a/b%2Fc",
          "/patients/17/files/a/b%2Fc",
          { patientId: "17", proxy: "a/b%2Fc" },
        ],
      ],
    );
  });

  it("answers HEAD without a body", async () => {
    door.answer = () => ({ statusCode: 200, body: "alive" });
    const response = await door.fetch("/health/patients", { method: "HEAD" });
    assert.deepEqual([response.status, response.headers.get("content-length"), await response.text()], [200, "5", ""]);
  });

  it("names every required parameter that is missing or empty", async () => {
    const headers = { Authorization: token };
    assert.deepEqual(
      await summary(await door.fetch("/patients?from=", { headers })),
      badRequest("Missing required request parameters: [X-Ward, from]"),
    );
    assert.deepEqual(
      await summary(await door.fetch("/patients", { headers: { ...headers, "x-ward": "3" } })),
      badRequest("Missing required request parameters: [from]"),
    );
    assert.equal(door.calls.length, 0);
    assert.equal((await door.fetch("/patients?from=1", { headers: { ...headers, "x-ward": "3" } })).status, 200);
  });

  for (const [what, body] of [
    ["no JSON", "{"],
    ["nothing", undefined],
    ["a list", "[]"],
    ["a member too many", '{"name":"Ada","admin":true}'],
    ["a member of the wrong type", '{"name":7}'],
    ["a bound that is excluded", '{"name":"Ada","weight":0}'],
    ["a fault further down", '{"name":"Ada","contact":{"name":""}}'],
  ] as const) {
    it(`fails a body with ${what}`, async () => {
      assert.deepEqual(await post(body), badRequest("Invalid request body"));
      assert.equal(door.calls.length, 0);
    });
  }

  it("lets a body pass that its schema takes", async () => {
    for (const body of ['{"name":"Ada","phone":null,"weight":0.5,"contact":{"name":"Bob"}}', ' {"name":"Ä"} ']) {
      assert.equal((await post(body, "application/json; charset=utf-8"))[0], 200);
    }
    assert.equal(door.calls[1]!.event.body, ' {"name":"Ä"} ');
  });

  it("does not validate a media type without a schema, as on AWS", async () => {
    for (const type of ["text/plain", "constructor", "__proto__"]) assert.equal((await post("{", type))[0], 200);
  });

  it("fails a body over 10 MB", async () => {
    const tooLong = [413, "RequestTooLargeException", '{"message":"Request Too Long"}'];
    assert.deepEqual(await post(Buffer.alloc(10 * 1024 * 1024 + 1, " ")), tooLong);
    const chunks = (function* () {
      for (let i = 0; i < 11; i += 1) yield Buffer.alloc(1024 * 1024, " ");
    })();
    const stream = ReadableStream.from(chunks);
    const init = { method: "POST", headers: { Authorization: token }, body: stream, duplex: "half" } as RequestInit;
    assert.deepEqual(await summary(await door.fetch("/patients", init)), tooLong);
    assert.equal(door.calls.length, 0);
  });

  it("fails headers over 10240 bytes", async () => {
    const [status] = await summary(
      await door.fetch("/health/patients", { headers: { "X-Large": "x".repeat(10_240) } }),
    );
    assert.equal(status, 413);
    assert.equal((await door.fetch("/health/patients", { headers: { "X-Large": "x".repeat(9_000) } })).status, 200);
  });

  it("checks in the order of API Gateway: route, token, scope, parameters, body", async () => {
    const first = async (path: string, init: RequestInit) => (await door.fetch(path, init)).status;
    assert.equal(await first("/patients", { method: "PUT", body: "{" }), 403);
    assert.equal(await first("/patients", { method: "POST", body: "{" }), 401);
    const headers = { Authorization: await accessToken("clinic/patients.read"), "Content-Type": "application/json" };
    assert.equal(await first("/patients", { method: "POST", headers, body: "{" }), 403);
  });
});
