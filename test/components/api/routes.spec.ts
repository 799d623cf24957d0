import assert from "node:assert/strict";
import type { OpenApiDocument } from "../../../components/api/openapi.ts";
import { authorizedRoutes, openPaths } from "../../../components/api/routes.ts";
import { changed, fixture, scopes } from "./fixture.ts";

const routesOf = (document: OpenApiDocument) => authorizedRoutes(document, ["patients"], scopes);
const get = (d: OpenApiDocument) => d.paths["/patients"]!.get!;

describe("openPaths", () => {
  it("are the paths without a token, up to their first parameter", () => {
    const document = fixture();
    assert.deepEqual(openPaths(document), ["/health/patients"]);
    Object.assign(document.paths["/patients/{patientId}"]!.get!, { security: [], "x-public-reason": "why not" });
    assert.deepEqual(openPaths(document), ["/patients/", "/health/patients"]);
  });
});

describe("authorizedRoutes", () => {
  it("lists every route with its service, in the document's order", () => {
    const listed = routesOf(fixture()).map(({ path, method, service }) => `${method} ${path} ${service}`);
    assert.deepEqual(listed, [
      "get /patients patients",
      "post /patients patients",
      "get /patients/{patientId} patients",
      "get /health/patients patients",
    ]);
  });

  for (const [wrong, change, message] of [
    [
      "a route without security",
      (d) => delete get(d).security,
      /route "GET \/patients" has neither scopes nor a reason: list scopes under security.cognito, or set security to \[\] and x-public-reason/,
    ],
    [
      "an open route without a reason",
      (d) => (get(d).security = []),
      /"GET \/patients" has neither scopes nor a reason/,
    ],
    [
      "an open route with an empty reason",
      (d) => Object.assign(get(d), { security: [], "x-public-reason": " " }),
      /neither scopes nor a reason/,
    ],
    [
      "a reason without saying that the route is open",
      (d) => Object.assign(get(d), { security: undefined, "x-public-reason": "why" }),
      /neither scopes nor a reason/,
    ],
    [
      "a closed route with a reason",
      (d) => (get(d)["x-public-reason"] = "why"),
      /has scopes and x-public-reason "why": remove one/,
    ],
    [
      "a route with no scope in its list",
      (d) => (get(d).security = [{ cognito: [] }]),
      /lists no scopes: name at least one of clinic\/patients.read, clinic\/patients.write/,
    ],
    [
      "an undeclared scope",
      (d) => (get(d).security = [{ cognito: ["clinic/all"] }]),
      /asks for scope "clinic\/all": declare it/,
    ],
    [
      "another scheme",
      (d) => (get(d).security = [{ key: [] }]),
      /asks for security "key": the gateway takes one scheme, cognito/,
    ],
    ["a choice of schemes", (d) => get(d).security!.push({ key: [] }), /asks for security "cognito, key"/],
    [
      "an unknown service",
      (d) => (get(d)["x-service"] = "billing"),
      /route "GET \/patients" has x-service "billing": set it to one of patients/,
    ],
    ["a route without a service", (d) => delete get(d)["x-service"], /has x-service "undefined"/],
    [
      "a preflight of its own",
      (d) => (d.paths["/patients"]!.options = get(d)),
      /route "OPTIONS \/patients" is the gateway's own/,
    ],
  ] as [string, (document: OpenApiDocument) => unknown, RegExp][]) {
    it(`fails on ${wrong}`, () => {
      assert.throws(() => routesOf(changed(change)), message);
    });
  }
});
