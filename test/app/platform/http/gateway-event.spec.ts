import assert from "node:assert/strict";
import fc from "fast-check";
import { fromGateway, toGateway } from "../../../../app/platform/http/gateway-event.ts";

const event = { httpMethod: "GET", path: "/patients", headers: { Accept: "application/json" } };

describe("an event of a REST API", () => {
  it("becomes the request it stands for", async () => {
    const body = { httpMethod: "POST", headers: { "Content-Type": "application/json" }, body: '{"a":"ä"}' };
    const { request } = fromGateway({ ...event, ...body });
    const { method, url, headers } = request;
    assert.deepEqual(
      [method, new URL(url).pathname, headers.get("content-type")],
      ["POST", "/patients", "application/json"],
    );
    assert.deepEqual([headers.get("content-length"), await request.json()], ["10", { a: "ä" }]);
  });

  it("carries the request's id and the claims of the authorizer", () => {
    const requestContext = { requestId: "r-1", authorizer: { claims: { sub: "person-1" } } };
    const { requestId, claims } = fromGateway({ ...event, requestContext });
    assert.deepEqual([requestId, claims], ["r-1", { sub: "person-1" }]);
  });

  it("keeps repeated and odd parameters", () => {
    const queryStringParameters = { limit: "2", q: "b" };
    const multiValueQueryStringParameters = { limit: ["2"], q: ["a", "b"], "x&y": ["1=2#"] };
    const url = (parts: object) => new URL(fromGateway({ ...event, ...parts }).request.url).searchParams;
    const many = url({ queryStringParameters, multiValueQueryStringParameters });
    assert.deepEqual(
      [...many],
      [
        ["limit", "2"],
        ["q", "a"],
        ["q", "b"],
        ["x&y", "1=2#"],
      ],
    );
    assert.deepEqual(
      [...url({ queryStringParameters })],
      [
        ["limit", "2"],
        ["q", "b"],
      ],
    );
  });

  it("may carry its body in base64", async () => {
    const body = Buffer.from('{"a":1}').toString("base64");
    const { request } = fromGateway({ ...event, httpMethod: "PATCH", body, isBase64Encoded: true });
    assert.deepEqual(await request.json(), { a: 1 });
  });

  it("fails only with 400, whatever it holds", () => {
    const part = fc.oneof(fc.anything(), fc.constantFrom("GET", "POST", "TRACE", "/patients", "//x", "\0"));
    const keys = [
      "httpMethod",
      "path",
      "headers",
      "queryStringParameters",
      "body",
      "requestContext",
      "isBase64Encoded",
    ];
    const events = fc.record(Object.fromEntries(keys.map((key) => [key, part])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(events, fc.anything()), (odd) => {
        try {
          fromGateway(odd);
        } catch (error) {
          assert.deepEqual([(error as { name: string }).name, (error as { status: number }).status], ["Problem", 400]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the result for the gateway", () => {
  it("is the response as the proxy integration wants it", async () => {
    const response = new Response("{}", { status: 201, headers: { ETag: '"1"', "Content-Type": "application/json" } });
    const headers = { "content-type": "application/json", etag: '"1"' };
    assert.deepEqual(await toGateway(response), { statusCode: 201, headers, body: "{}" });
  });
});
