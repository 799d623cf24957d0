import assert from "node:assert/strict";
import openApi from "../../../app/openapi.json" with { type: "json" };
import { listenerRoutes } from "../../../components/api/listener-routes.ts";
import type { OpenApiDocument } from "../../../components/api/openapi.ts";
import { checkRoutes } from "../../../components/service/listener-rules.ts";

const paths = ["/appointments", "/appointments/*", "/health/appointments"];
const routes = (document: unknown, crossOrigin = false) =>
  listenerRoutes({ document: document as OpenApiDocument, service: "appointments", paths, crossOrigin });

/** A document with one operation of the service per entry: method, path, scopes. */
const of = (...operations: [method: string, path: string, scopes: string[]][]) => ({
  paths: Object.fromEntries(
    operations.map(([method, path, scopes]) => [
      path,
      { [method]: { "x-service": "appointments", security: [{ cognito: scopes }], responses: {} } },
    ]),
  ),
});

describe("listener routes", () => {
  it("are the document's, with the scope of each", () => {
    assert.deepEqual(routes(openApi), [
      { paths: ["/appointments"], methods: ["GET"], scope: "clinic/appointments.read" },
      { paths: ["/appointments"], methods: ["POST"], scope: "clinic/appointments.write" },
      {
        paths: ["/health/appointments"],
        methods: ["GET"],
        publicReason: openApi.paths["/health/appointments"].get["x-public-reason"],
      },
      { paths: ["/appointments/*/cancel"], methods: ["POST"], scope: "clinic/appointments.write" },
      { paths: ["/appointments/*"], methods: ["GET"], scope: "clinic/appointments.read" },
      { paths: ["/appointments/*"], methods: ["PATCH"], scope: "clinic/appointments.write" },
    ]);
  });

  it("are rules that a load balancer takes", () => {
    checkRoutes({ routes: routes(openApi, true), priority: 100, tokenIssuer: "https://issuer", shifted: false });
  });

  it("let browsers ask first only where pages of other origins may call", () => {
    const asked = routes(openApi, true).filter(({ methods }) => methods?.includes("OPTIONS"));
    assert.deepEqual(
      asked.map(({ paths: some }) => some),
      [paths],
    );
    assert.deepEqual(
      routes(openApi).filter(({ methods }) => methods?.includes("OPTIONS")),
      [],
    );
  });

  it("stay within the values of a rule", () => {
    const many = ["a", "b", "c", "d", "e"].map((name): [string, string, string[]] => ["get", `/${name}`, ["clinic/x"]]);
    assert.deepEqual(
      routes(of(...many)).map(({ paths: some }) => some),
      [["/a", "/b", "/c", "/d"], ["/e"]],
    );
  });

  it("fail on a route that any of several scopes opens", () => {
    assert.throws(() => routes(of(["get", "/a", ["clinic/x", "clinic/y"]])), {
      message: `route "GET /a" takes any of clinic/x, clinic/y, a load balancer asks for all: name one scope`,
    });
  });
});
