import assert from "node:assert/strict";
import { LambdaError } from "../../../local/lambda/lambda-error.ts";
import { openFrontDoor, summary, type FrontDoor } from "./front-door.ts";

const failed = (status: number) => [status, "InternalServerErrorException", '{"message":"Internal server error"}'];

describe("Lambda integration", () => {
  let door: FrontDoor;
  before(async () => {
    const edit = (document: { [key: string]: unknown }) =>
      (document["x-amazon-apigateway-binary-media-types"] = ["image/*"]);
    door = await openFrontDoor({ variables: { color: "green" }, edit });
  });
  beforeEach(() => {
    door.calls.length = 0;
    door.answer = () => ({});
  });
  after(() => door.stop());

  it("makes the whole event of payload format 1.0", async () => {
    const response = await door.fetch("/patients/me?tag=a&tag=b%20c&q=1+1&bad=%zz", {
      headers: {
        "User-Agent": "spec/1",
        "X-Forwarded-For": "203.0.113.9",
        "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793",
      },
    });
    const { functionName, qualifier, event, traceId } = door.calls[0]!;
    assert.deepEqual([functionName, qualifier], ["slipway-dev-patients", "live"]);
    assert.match(traceId, /^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1$/);
    const { headers, multiValueHeaders, requestContext, ...rest } = event;
    assert.deepEqual(rest, {
      resource: "/patients/me",
      path: "/patients/me",
      httpMethod: "GET",
      queryStringParameters: { tag: "b c", q: "1 1", bad: "%zz" },
      multiValueQueryStringParameters: { tag: ["a", "b c"], q: ["1 1"], bad: ["%zz"] },
      pathParameters: null,
      stageVariables: { color: "green" },
      body: null,
      isBase64Encoded: false,
    });
    assert.equal(headers["X-Forwarded-For"], "203.0.113.9, 127.0.0.1");
    assert.equal(headers["X-Amzn-Trace-Id"], "Root=1-5759e988-bd862e3fe1be46a994272793");
    assert.deepEqual([headers["X-Forwarded-Port"], headers["X-Forwarded-Proto"]], [String(door.port), "http"]);
    assert.deepEqual(
      Object.keys(headers).filter((name) => /^(connection|content-length)$/i.test(name)),
      [],
    );
    assert.deepEqual(multiValueHeaders["X-Forwarded-For"], [headers["X-Forwarded-For"]]);
    const { identity, requestTime, requestTimeEpoch, requestId, extendedRequestId, resourceId, ...context } =
      requestContext;
    assert.deepEqual(context, {
      resourcePath: "/patients/me",
      httpMethod: "GET",
      path: "/patients/me",
      accountId: "123456789012",
      protocol: "HTTP/1.1",
      stage: "live",
      domainPrefix: "127",
      domainName: `127.0.0.1:${door.port}`,
      deploymentId: "d3pl0y",
      apiId: "cl1n1c0api",
    });
    assert.deepEqual([identity.sourceIp, identity.userAgent, identity.caller], ["127.0.0.1", "spec/1", null]);
    assert.match(requestTime, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    assert.equal(typeof requestTimeEpoch, "number");
    assert.match(resourceId, /^[0-9a-z]{6}$/);
    assert.equal(response.headers.get("x-amzn-requestid"), requestId);
    assert.equal(response.headers.get("x-amz-apigw-id"), extendedRequestId);
    assert.equal(response.headers.get("x-amzn-trace-id"), "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
  });

  it("passes binary bodies on in base64 and others as text", async () => {
    const put = (type: string, body: string | Buffer) =>
      door.fetch("/patients/17/files/x", { method: "PUT", headers: { "Content-Type": type }, body: body as string });
    await put("image/png", Buffer.from([0xff, 0x00]));
    await put("text/plain", "Ä");
    assert.deepEqual(
      door.calls.map(({ event }) => [event.body, event.isBase64Encoded]),
      [
        ["/wA=", true],
        ["Ä", false],
      ],
    );
  });

  it("sends the function's status, headers and body", async () => {
    door.answer = () => ({
      statusCode: 201,
      headers: {
        "Content-Type": "text/plain",
        Location: "/patients/1",
        "X-Count": 2,
        Date: "mine",
        "Set-Cookie": "lost",
      },
      multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
      body: "Ä",
    });
    const response = await door.fetch("/patients/me");
    const { headers } = response;
    assert.deepEqual([response.status, await response.text(), headers.getSetCookie()], [201, "Ä", ["a=1", "b=2"]]);
    assert.deepEqual(
      ["content-type", "location", "x-count", "x-amzn-remapped-date", "content-length"].map((name) =>
        headers.get(name),
      ),
      ["text/plain", "/patients/1", "2", "mine", "2"],
    );
    assert.notEqual(headers.get("date"), "mine");
  });

  it("sends 200 and JSON where the function leaves it open", async () => {
    const response = await door.fetch("/patients/me");
    assert.deepEqual([response.status, response.headers.get("content-type")], [200, "application/json"]);
  });

  it("decodes base64 for a client that accepts a binary type, and for no other", async () => {
    door.answer = () => ({ isBase64Encoded: true, body: "/wA=" });
    const body = async (Accept: string) =>
      Buffer.from(await (await door.fetch("/patients/me", { headers: { Accept } })).arrayBuffer());
    assert.deepEqual(await body("image/png,*/*"), Buffer.from([0xff, 0x00]));
    assert.deepEqual(await body("application/json"), Buffer.from("/wA="));
  });

  for (const [what, answer] of [
    ["null", null],
    ["a text", "fine"],
    ["a list", []],
    ["an unknown member", { statusCode: 200, cookies: [] }],
    ["a status that is none", { statusCode: "fine" }],
    ["a status out of range", { statusCode: 99 }],
    ["a body that is an object", { body: {} }],
    ["a header that is an object", { headers: { a: {} } }],
    ["a header with a line break", { headers: { a: "b\r\nSet-Cookie: c" } }],
    ["a header name that is none", { headers: { "a b": "c" } }],
    ["a single multi-value header", { multiValueHeaders: { a: "b" } }],
    ["no JSON at all", { payload: "<html>" }],
    ["an error in the form of an answer", { functionError: "Unhandled", payload: '{"statusCode":200}' }],
    ["an error", { functionError: "Unhandled", payload: '{"errorType":"Error","errorMessage":"secret"}' }],
  ] as const) {
    it(`fails with 502 on ${what} as an answer`, async () => {
      door.answer = () => answer;
      assert.deepEqual(await summary(await door.fetch("/patients/me")), failed(502));
    });
  }

  it("says in the access log why a function failed, without its stack", async () => {
    const details: (string | undefined)[] = [];
    for (const payload of ['{"errorType":"TypeError","errorMessage":"no","trace":["at x"]}', "{}", "null", "<"]) {
      door.answer = () => ({ functionError: "Unhandled", payload });
      assert.equal((await door.fetch("/patients/me")).status, 502);
      details.push(door.requests.at(-1)!.errorDetail);
    }
    const words = ["TypeError: no", "{}", "null", "<"].map((reason) => `Lambda function error: ${reason}`);
    assert.deepEqual(details, words);
  });

  it("fails with 500 when Lambda throttles and 413 when the event is too large for it", async () => {
    door.answer = () => Promise.reject(new LambdaError("TooManyRequestsException", "Rate Exceeded."));
    assert.deepEqual(await summary(await door.fetch("/patients/me")), failed(500));
    assert.equal(door.requests.at(-1)!.errorKind, "INTEGRATION_FAILURE");
    door.answer = () => Promise.reject(new LambdaError("RequestTooLargeException", "too large"));
    assert.equal((await door.fetch("/patients/me")).status, 413);
    door.answer = () => Promise.reject(new LambdaError("ResourceNotFoundException", "no function"));
    assert.deepEqual(await summary(await door.fetch("/patients/me")), failed(500));
  });

  it("fails with 500 on whatever nobody foresaw", async () => {
    door.answer = () => Promise.reject(new TypeError("a bug"));
    assert.deepEqual(await summary(await door.fetch("/patients/me")), failed(500));
  });

  it("fails with 504 when the time of the document is up", async () => {
    const slow = await openFrontDoor({
      edit: ({ paths }) => (paths["/patients/me"].get["x-amazon-apigateway-integration"].timeoutInMillis = 50),
    });
    slow.answer = () => new Promise(() => undefined);
    try {
      const late = [504, "InternalServerErrorException", '{"message":"Endpoint request timed out"}'];
      assert.deepEqual(await summary(await slow.fetch("/patients/me")), late);
    } finally {
      await slow.stop();
    }
  });

  it("fails with 500 without a permission to call the function", async () => {
    const closed = await openFrontDoor({ permissions: false });
    try {
      assert.deepEqual(await summary(await closed.fetch("/patients/me")), failed(500));
      assert.equal(closed.requests[0]!.errorDetail, "Invalid permissions on Lambda function");
      assert.equal(closed.calls.length, 0);
    } finally {
      await closed.stop();
    }
  });
});
