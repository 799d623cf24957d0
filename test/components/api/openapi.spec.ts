import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  authorizedBy,
  gatewayDocument,
  refuseDocument,
  type OpenApiDocument,
} from "../../../components/api/openapi.ts";
import { fixture, scopes, settings } from "./fixture.ts";

describe("gatewayDocument", () => {
  const document = gatewayDocument(fixture(), settings);

  it("sends each route to the alias of its service", () => {
    assert.deepEqual(document.paths["/patients"]?.post?.["x-amazon-apigateway-integration"], {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-patients:live/invocations",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29_000,
    });
  });

  it("validates bodies and parameters on every route", () => {
    const validator = document.paths["/patients/{patientId}"]?.get?.["x-amazon-apigateway-request-validator"];
    assert.deepEqual(document["x-amazon-apigateway-request-validators"], {
      [validator as string]: { validateRequestBody: true, validateRequestParameters: true },
    });
  });

  it("keeps scopes, reasons, schemas and shared parameters as they were written", () => {
    const original = fixture();
    assert.deepEqual(document.paths["/patients"]?.get?.security, [{ cognito: ["clinic/patients.read"] }]);
    assert.equal(document.paths["/health/patients"]?.get?.["x-public-reason"], "load balancers carry no token");
    assert.deepEqual(document.components, original.components);
    assert.deepEqual(
      document.paths["/patients/{patientId}"]?.parameters,
      original.paths["/patients/{patientId}"]?.parameters,
    );
  });

  it("leaves the document it was given alone", () => {
    const given = fixture();
    gatewayDocument(given, { ...settings, origins: ["https://app.example.com"] });
    assert.deepEqual(given, fixture());
  });

  it("answers the gateway's own errors with problem details", () => {
    const answers = document["x-amazon-apigateway-gateway-responses"] as Record<string, Record<string, unknown>>;
    assert.deepEqual(answers["THROTTLED"], {
      statusCode: "429",
      responseParameters: {
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.Cache-Control": "'no-store'",
      },
      responseTemplates: {
        "application/json":
          '{"type":"about:blank","title":"Too Many Requests","status":429,"detail":$context.error.messageString,"code":"too-many-requests","requestId":"$context.requestId"}',
      },
    });
    assert.equal(answers["MISSING_AUTHENTICATION_TOKEN"]?.["statusCode"], "404");
  });
});

describe("authorizedBy", () => {
  it("makes the user pool the only scheme of the document", () => {
    const arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";
    assert.deepEqual(authorizedBy(fixture(), arn).components?.securitySchemes, {
      cognito: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [arn] },
      },
    });
  });
});

describe("refuseDocument", () => {
  it("accepts the document of this app", () => {
    const document = JSON.parse(readFileSync(new URL("../../../app/openapi.json", import.meta.url), "utf8"));
    const all = ["patients", "appointments"].flatMap((s) => [`clinic/${s}.read`, `clinic/${s}.write`]);
    refuseDocument(document, ["patients", "appointments"], all);
  });

  for (const [wrong, document, names, message] of [
    [
      "a service without a route",
      fixture(),
      ["patients", "billing"],
      /services has "billing", but no route of the document names it/,
    ],
    ["a route of an unknown service", fixture(), ["billing"], /x-service "patients": set it to one of billing/],
    [
      "a document that cannot be imported",
      { ...fixture(), openapi: "2.0" },
      ["patients"],
      /openapi "2.0": the gateway imports 3.0/,
    ],
  ] as [string, OpenApiDocument, string[], RegExp][]) {
    it(`fails on ${wrong}`, () => {
      assert.throws(() => refuseDocument(document, names, scopes), message);
    });
  }
});
