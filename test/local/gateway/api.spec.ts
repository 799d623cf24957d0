import assert from "node:assert/strict";
import fc from "fast-check";
import { readApi } from "../../../local/gateway/api.ts";
import { Gateway } from "../../../local/gateway/gateway.ts";
import { pathMatcher } from "../../../local/gateway/route-match.ts";
import { clinic, node, permission, type ClinicParts } from "./clinic.ts";

const routeOf = (parts: ClinicParts, path = "/patients/me") =>
  readApi(clinic(parts)).routes.find((route) => route.path === path)!;
const me = "/patients/me";

describe("readApi", () => {
  it("reads every method of the document", () => {
    const { id, region, accountId, stage, routes } = readApi(clinic());
    assert.deepEqual([id, region, accountId, stage.name], ["cl1n1c0api", "eu-west-1", "123456789012", "live"]);
    assert.deepEqual(
      routes.map(({ method, path }) => `${method} ${path}`),
      [
        "GET /patients",
        "POST /patients",
        "GET /patients/{patientId}",
        "GET /patients/me",
        "PUT /patients/{patientId}/files/{proxy+}",
        "GET /health/patients",
        "HEAD /health/patients",
        "GET /health/appointments",
        "OPTIONS /health/appointments",
      ],
    );
  });

  for (const [what, overrides, permitted] of [
    ["of the API", {}, true],
    [
      "of the method alone",
      { sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:cl1n1c0api/*/GET/patients/me" },
      true,
    ],
    [
      "named by the function's ARN",
      { function: "arn:aws:lambda:eu-west-1:123456789012:function:slipway-dev-patients" },
      true,
    ],
    ["of any source", { sourceArn: undefined }, true],
    ["of another method", { sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:cl1n1c0api/live/POST/*" }, false],
    ["of another API", { sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:other/*/*" }, false],
    ["for another function", { function: "slipway-dev-appointments" }, false],
    ["without the alias", { qualifier: undefined }, false],
    ["for another service", { principal: "events.amazonaws.com" }, false],
    ["for another action", { action: "lambda:GetFunction" }, false],
  ] as const) {
    it(`takes a permission ${what} as ${permitted ? "one" : "none"}`, () => {
      const nodes = [...clinic({ permissions: false }), permission("patients", overrides)];
      assert.equal(readApi(nodes).routes.find(({ path }) => path === me)!.target!.permitted, permitted);
    });
  }

  it("takes the throttle of the method, then of the stage, then of the account", () => {
    assert.deepEqual(routeOf({}).throttle, { rate: 10_000, burst: 5_000 });
    const stage = { "*/*": { throttlingRateLimit: 50, throttlingBurstLimit: 100 } };
    assert.deepEqual(routeOf({ throttle: stage }).throttle, { rate: 50, burst: 100 });
    const own = { ...stage, "patients~1me/GET": { throttlingRateLimit: 1, throttlingBurstLimit: -1 } };
    assert.deepEqual(routeOf({ throttle: own }).throttle, { rate: 1, burst: 100 });
  });

  it("fails on a stack without an API, without a stage or without a document", () => {
    assert.throws(() => readApi([]), /expected one aws:apigateway\/restApi:RestApi, found 0/);
    const nodes = clinic();
    assert.throws(() => readApi(nodes.slice(0, 1)), /api "cl1n1c0api" must have one stage, found 0/);
    assert.throws(() => readApi([node("aws:apigateway/restApi:RestApi", "bare", {})]), /api "bare" needs body/);
  });

  for (const [what, edit, message] of [
    [
      "a method without an integration",
      ({ paths }) => delete paths[me].get["x-amazon-apigateway-integration"],
      /GET \/patients\/me needs x-amazon-apigateway-integration/,
    ],
    [
      "an integration without a function",
      ({ paths }) => (paths[me].get["x-amazon-apigateway-integration"].uri = "arn:x"),
      /integration uri must end in .* got "arn:x"/,
    ],
    [
      "a validator that is not declared",
      ({ paths }) => (paths[me].get["x-amazon-apigateway-request-validator"] = "most"),
      /request validator "most" is not declared/,
    ],
    [
      "a schema that does not exist",
      ({ components }) => delete components.schemas.NewPatient,
      /refers to "#\/components\/schemas\/NewPatient", which does not exist/,
    ],
    [
      "a pool that is not of the stack",
      ({ components }) =>
        (components.securitySchemes.cognito["x-amazon-apigateway-authorizer"].providerARNs = ["arn:p"]),
      /names the user pool "arn:p"/,
    ],
    [
      "an authorizer of another kind",
      ({ components }) => (components.securitySchemes.cognito["x-amazon-apigateway-authorizer"].type = "token"),
      /must have a cognito_user_pools authorizer, got "token"/,
    ],
  ] as [string, NonNullable<ClinicParts["edit"]>, RegExp][]) {
    it(`fails on ${what}`, () => assert.throws(() => readApi(clinic({ edit })), message));
  }

  it("fails, before it serves, on a kind of integration it does not know", () => {
    const api = readApi(
      clinic({ edit: ({ paths }) => (paths[me].get["x-amazon-apigateway-integration"].type = "http_proxy") }),
    );
    const options = { api, functions: { invoke: () => Promise.reject(new Error()) }, keys: async () => ({ keys: [] }) };
    assert.throws(
      () => new Gateway(options),
      /GET \/patients\/me has an integration of type "http_proxy", the local gateway serves aws_proxy, mock/,
    );
    assert.ok(
      new Gateway({ ...options, integrations: { http_proxy: async () => ({ status: 200, headers: [], body: "" }) } }),
    );
  });
});

describe("pathMatcher", () => {
  it("compares from the left: static, then parameter, then greedy", () => {
    const match = pathMatcher(["/{a}/x", "/a/{b}", "/{p+}", "/a/b", "/"]);
    const found = ["/a/b", "/a/x", "/c/x", "/c/y", "/a/b/c", "/"].map((path) => match(path)?.path);
    assert.deepEqual(found, ["/a/b", "/a/{b}", "/{a}/x", "/{p+}", "/{p+}", "/"]);
  });

  it("gives back the parameters that a path was made of", () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9%._~-]{1,8}$/);
    const match = pathMatcher(["/patients", "/patients/{id}", "/patients/{id}/visits/{visit}"]);
    fc.assert(
      fc.property(segment, segment, (id, visit) => {
        assert.deepEqual(match(`/patients/${id}/visits/${visit}`)?.pathParameters, { id, visit });
        assert.deepEqual(match(`/patients/${id}/`)?.pathParameters, { id });
      }),
    );
  });

  it("never throws, whatever the path", () => {
    const match = pathMatcher(["/a/{b}", "/{p+}"]);
    fc.assert(fc.property(fc.string(), (path) => void match(path)));
  });
});
