import assert from "node:assert/strict";
import { eventually } from "../../eventually.ts";
import { openFrontDoor, summary, type FrontDoor } from "./front-door.ts";
import { accessToken } from "./tokens.ts";

const problem =
  '{"title":$context.error.messageString,"id":"$context.requestId","kind":"$context.error.responseType","c":"$stageVariables.color"}';
const responses = {
  DEFAULT_4XX: {
    responseParameters: {
      "gatewayresponse.header.Content-Type": "'application/problem+json'",
      "gatewayresponse.header.Access-Control-Allow-Origin": "method.request.header.Origin",
    },
    responseTemplates: { "application/json": problem },
  },
  MISSING_AUTHENTICATION_TOKEN: { statusCode: 404 },
  BAD_REQUEST_BODY: {
    statusCode: "422",
    responseTemplates: { "text/plain": "$context.error.message: $context.error.validationErrorString" },
  },
};

describe("Gateway answers", () => {
  let door: FrontDoor;
  before(async () => {
    const edit = (document: { [key: string]: unknown }) =>
      (document["x-amazon-apigateway-gateway-responses"] = responses);
    door = await openFrontDoor({ edit, variables: { color: "green" } });
  });
  after(() => door.stop());

  it("follow the document's gateway responses: headers, template, variables", async () => {
    const response = await door.fetch("/patients/17", { headers: { Origin: "https://a.example" } });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(response.headers.get("access-control-allow-origin"), "https://a.example");
    assert.equal(response.headers.get("x-amzn-errortype"), "UnauthorizedException");
    const id = response.headers.get("x-amzn-requestid");
    assert.deepEqual(await response.json(), { title: "Unauthorized", id, kind: "UNAUTHORIZED", c: "green" });
  });

  it("take the template of the type the client accepts, else the first", async () => {
    for (const Accept of ["text/html", "toString", "*/*", "application/json, */*"]) {
      const response = await door.fetch("/patients/17", { headers: { Accept } });
      assert.deepEqual(
        [response.status, response.headers.get("content-type")],
        [401, "application/problem+json"],
        Accept,
      );
    }
  });

  it("leave a header out whose source the request does not have", async () => {
    assert.equal((await door.fetch("/patients/17")).headers.has("access-control-allow-origin"), false);
  });

  it("take the response of the kind before the default, with its own status", async () => {
    assert.deepEqual(await summary(await door.fetch("/nothing")), [
      404,
      "MissingAuthenticationTokenException",
      '{"message":"Missing Authentication Token"}',
    ]);
    const Authorization = await accessToken("clinic/patients.write");
    const response = await door.fetch("/patients", {
      method: "POST",
      headers: { Authorization, "Content-Type": "application/json" },
      body: "{",
    });
    assert.equal(response.headers.get("content-type"), "text/plain");
    assert.deepEqual([response.status, await response.text()], [422, "Invalid request body: the body is not JSON"]);
  });

  it("to a preflight repeat an allowed origin and no other", async () => {
    const preflight = async (Origin: string) => {
      const response = await door.fetch("/health/appointments", { method: "OPTIONS", headers: { Origin } });
      const names = ["access-control-allow-origin", "access-control-allow-methods", "vary", "content-length"];
      return [response.status, await response.text(), ...names.map((name) => response.headers.get(name))];
    };
    assert.deepEqual(await preflight("https://b.example"), [
      204,
      "",
      "https://b.example",
      "GET,OPTIONS",
      "Origin",
      null,
    ]);
    assert.deepEqual(await preflight("https://c.example"), [204, "", null, "GET,OPTIONS", "Origin", null]);
    assert.equal((await door.fetch("/patients/me", { method: "OPTIONS" })).status, 404);
  });

  it("are written to the access log in the stage's format", async () => {
    door.accessLog.length = 0;
    const agent = 'curl","status":"none';
    const Authorization = await accessToken("clinic/patients.read");
    const ids = [];
    for (const path of ["/patients/17", "/nothing"])
      ids.push(
        (await door.fetch(path, { headers: { Authorization, "User-Agent": agent } })).headers.get("x-amzn-requestid"),
      );
    await eventually(() => door.accessLog.length >= 2);
    assert.deepEqual(
      door.accessLog.map((line) => JSON.parse(line)),
      [
        {
          id: ids[0],
          route: "/patients/{patientId}",
          status: 200,
          client: "4browserclient0000000000aa",
          error: "-",
          waf: "-",
          agent,
        },
        { id: ids[1], route: "-", status: 404, client: "-", error: "MISSING_AUTHENTICATION_TOKEN", waf: "-", agent },
      ],
    );
  });

  it("are told to the observer with route, status and the version that ran", async () => {
    door.requests.length = 0;
    const requestId = (await door.fetch("/live/patients/me?x=1")).headers.get("x-amzn-requestid");
    await eventually(() => door.requests.length >= 1);
    const { traceId, startedAt, latencyMillis, integrationLatencyMillis, ...rest } = door.requests[0]!;
    assert.match(traceId, /^Root=1-/);
    assert.ok(startedAt <= Date.now() && latencyMillis >= 0 && integrationLatencyMillis! >= 0);
    assert.deepEqual(rest, {
      requestId,
      method: "GET",
      path: "/live/patients/me",
      route: "/patients/me",
      status: 200,
      functionName: "slipway-dev-patients",
      executedVersion: "7",
      errorKind: undefined,
      errorDetail: undefined,
    });
  });
});
