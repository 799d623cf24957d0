import assert from "node:assert/strict";
import { isCognitoAuthorizer, isPreflight, operationsOf, schemesOf } from "../../../policies/facts/openapi.ts";

describe("an OpenAPI document", () => {
  it("gives its operations with the security that counts", () => {
    const document = {
      security: [{ all: [] }],
      paths: {
        "/a": { parameters: [], get: {}, post: { security: [] } },
        "/b": { "x-amazon-apigateway-any-method": { security: [{ own: ["s"] }] } },
      },
    };
    const said = operationsOf(document).map(({ route, security }) => [route, security]);
    assert.deepEqual(said, [
      ["GET /a", [{ all: [] }]],
      ["POST /a", []],
      ["ANY /b", [{ own: ["s"] }]],
    ]);
  });

  it("gives its schemes from both versions", () => {
    assert.deepEqual(
      [...schemesOf({ components: { securitySchemes: { a: 1 } }, securityDefinitions: { b: 2 } })],
      [
        ["a", 1],
        ["b", 2],
      ],
    );
  });

  it("tells a Cognito authorizer with a pool from others", () => {
    const authorizer = (type: string, ...providerARNs: string[]) => ({
      "x-amazon-apigateway-authorizer": { type, providerARNs },
    });
    assert.deepEqual(
      [
        authorizer("cognito_user_pools", "arn"),
        authorizer("COGNITO_USER_POOLS", "arn"),
        authorizer("cognito_user_pools"),
        authorizer("request", "arn"),
      ].map(isCognitoAuthorizer),
      [true, true, false, false],
    );
  });

  it("tells preflight answered by the gateway from preflight passed on", () => {
    const of = (type: string) => ({
      route: "",
      method: "options",
      content: { "x-amazon-apigateway-integration": { type } },
      security: undefined,
    });
    assert.deepEqual([isPreflight(of("mock")), isPreflight(of("aws_proxy"))], [true, false]);
  });
});
