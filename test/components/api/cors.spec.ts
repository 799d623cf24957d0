import assert from "node:assert/strict";
import { errorHeaders, preflight, refuseOrigins } from "../../../components/api/cors.ts";
import { gatewayDocument } from "../../../components/api/openapi.ts";
import { fixture, settings } from "./fixture.ts";

const one = ["https://app.example.com"];
const two = [...one, "http://localhost:3000"];

interface Mock {
  type: string;
  requestTemplates: Record<string, string>;
  responses: {
    default: {
      statusCode: string;
      responseParameters: Record<string, string>;
      responseTemplates: Record<string, string>;
    };
  };
}

const mockOf = (origins: string[], path = "/patients") =>
  preflight(fixture(), path, origins)["x-amazon-apigateway-integration"] as Mock;

describe("preflight", () => {
  it("is answered by the gateway, without a token, for every path", () => {
    const { paths } = gatewayDocument(fixture(), { ...settings, origins: one });
    for (const item of Object.values(paths)) {
      assert.deepEqual(item.options?.security, []);
      assert.equal((item.options?.["x-amazon-apigateway-integration"] as Mock).type, "mock");
    }
  });

  it("does not exist without origins", () => {
    const { paths } = gatewayDocument(fixture(), settings);
    assert.deepEqual(
      Object.values(paths).filter(({ options }) => options !== undefined),
      [],
    );
  });

  it("names the one origin, the path's methods and the headers its routes take", () => {
    assert.deepEqual(mockOf(one).responses.default, {
      statusCode: "204",
      responseParameters: {
        "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
        "method.response.header.Access-Control-Allow-Headers": "'Authorization,Content-Type,Idempotency-Key'",
        "method.response.header.Access-Control-Max-Age": "'3600'",
        "method.response.header.Vary": "'Origin'",
        "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      },
      responseTemplates: { "application/json": "" },
    });
  });

  it("repeats one of several origins only when it is on the list", () => {
    const { responseParameters, responseTemplates } = mockOf(two).responses.default;
    assert.equal(responseParameters["method.response.header.Access-Control-Allow-Origin"], undefined);
    assert.equal(
      responseTemplates["application/json"],
      [
        '#set($origin = $input.params().header.get("Origin"))',
        '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
        '#if($origin == "https://app.example.com" || $origin == "http://localhost:3000")#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end',
      ].join("\n"),
    );
  });

  it("declares every header it sends, which the gateway demands", () => {
    const operation = preflight(fixture(), "/patients/{patientId}", one);
    const declared = Object.keys((operation.responses["204"] as { headers: object }).headers).sort();
    const sent = Object.keys(mockOf(one).responses.default.responseParameters).map((key) =>
      key.replace("method.response.header.", ""),
    );
    assert.deepEqual(declared, sent.sort());
  });
});

describe("errorHeaders", () => {
  it("has none without origins", () => {
    assert.deepEqual(errorHeaders([]), {});
  });

  it("names the one origin", () => {
    assert.deepEqual(errorHeaders(one), {
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "gatewayresponse.header.Vary": "'Origin'",
    });
  });

  it("names the first of several, never whatever origin asks, and never allows credentials", () => {
    assert.deepEqual(errorHeaders(two), {
      "gatewayresponse.header.Access-Control-Allow-Origin": `'${two[0]}'`,
      "gatewayresponse.header.Vary": "'Origin'",
    });
  });

  it("stands on every gateway response", () => {
    const document = gatewayDocument(fixture(), { ...settings, origins: one });
    for (const { responseParameters } of Object.values(
      document["x-amazon-apigateway-gateway-responses"] as Record<
        string,
        { responseParameters: Record<string, string> }
      >,
    )) {
      assert.equal(
        responseParameters["gatewayresponse.header.Access-Control-Allow-Origin"],
        "'https://app.example.com'",
      );
    }
  });
});

describe("refuseOrigins", () => {
  it("accepts exact origins over TLS and the developer's own machine", () => {
    refuseOrigins([...two, "https://app.example.com:8443"]);
  });

  for (const origin of [
    "*",
    "https://*.example.com",
    "https://app.example.com/",
    "http://app.example.com",
    "app.example.com",
    "null",
    "https://App.example.com",
  ]) {
    it(`fails on ${origin}`, () => {
      assert.throws(() => refuseOrigins([origin]), /allowedOrigins must be exact, .*: name each origin/);
    });
  }
});
