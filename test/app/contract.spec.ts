import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import * as contract from "../../app/contract.ts";
import { routesOf } from "../../app/services/registry.ts";
import { someBooking, somePatient } from "./clinic.ts";

const app = (name: string) => fileURLToPath(new URL(`../../app/${name}`, import.meta.url));
const read = (name: string) => readFile(app(name), "utf8");

interface Operation {
  operationId: string;
  "x-service": string;
  "x-public-reason"?: string;
  security: { cognito: string[] }[];
  tags: string[];
  responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }>;
}

describe("the contract", () => {
  let document: any;
  let operations: [string, Operation][];
  before(async () => {
    document = JSON.parse(await read("openapi.json"));
    operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
    );
  });

  it("imports nothing, so that infrastructure can read it alone", async () => {
    assert.doesNotMatch(await read("contract.ts"), /^import|import\(/m);
  });

  it("has an openapi.json that says what its sources say: else run node app/openapi.ts", async () => {
    await promisify(execFile)(process.execPath, [app("openapi.ts"), "--check"]);
  });

  it("has every route, each for one service, under an id of its own", () => {
    const routes = Object.entries(routesOf).flatMap(([service, list]) =>
      list.map((route) => [service, route] as const),
    );
    const declared = routes.map(([service, { method, path }]) => `${service} ${method} ${path}`);
    assert.deepEqual(operations.map(([key, { "x-service": service }]) => `${service} ${key}`).sort(), declared.sort());
    assert.equal(new Set(operations.map(([, { operationId }]) => operationId)).size, operations.length);
  });

  it("has a scope of the resource server on every route but the health checks, which say why not", () => {
    const scopes = Object.keys(contract.resourceServer.scopes).map((scope) => `clinic/${scope}`);
    const open = operations.filter(([, { security }]) => security.length === 0);
    assert.deepEqual(open.map(([key]) => key).sort(), ["get /health/appointments", "get /health/patients"]);
    assert.ok(open.every(([, operation]) => operation["x-public-reason"]));
    const used = operations.flatMap(([, { security }]) => security.flatMap(({ cognito }) => cognito));
    assert.deepEqual([...new Set(used)].sort(), scopes.sort());
  });

  it("keeps to what API Gateway imports", () => {
    assert.equal(document.openapi, "3.0.3");
    const text = JSON.stringify(document);
    const refused = [
      "additionalProperties",
      "anyOf",
      "oneOf",
      "allOf",
      "nullable",
      "discriminator",
      "exclusiveMinimum",
      "const",
      "$id",
    ];
    assert.deepEqual(
      refused.filter((keyword) => text.includes(`"${keyword}"`)),
      [],
    );
    const models = Object.keys(document.components.schemas);
    assert.deepEqual(
      models.filter((name) => !/^[A-Za-z]+$/.test(name)),
      [],
    );
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    assert.deepEqual(
      references.filter((name) => !models.includes(name)),
      [],
    );
  });

  it("answers every error as a problem", () => {
    for (const [key, { responses }] of operations) {
      for (const [status, { content }] of Object.entries(responses)) {
        const [type] = Object.keys(content);
        assert.equal(type, Number(status) < 400 ? "application/json" : "application/problem+json", `${key} ${status}`);
      }
    }
  });

  it("describes bodies that the gateway can judge", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const valid = (name: string, body: object) => ajv.validate(document.components.schemas[name], body);
    assert.deepEqual([valid("NewPatient", somePatient), valid("NewPatient", {})], [true, false]);
    assert.deepEqual(
      [valid("NewAppointment", someBooking()), valid("NewAppointment", someBooking({ durationMinutes: 1 }))],
      [true, false],
    );
    assert.deepEqual([valid("PatientChange", { givenName: "Bea" }), valid("PatientChange", {})], [true, false]);
  });

  it("names the health paths, the hosts and the metrics the app has", () => {
    const paths = contract.serviceNames.map(contract.healthPath);
    assert.deepEqual(
      paths.filter((path) => !document.paths[path]),
      [],
    );
  });

  it("keeps the path that load balancers ask tasks for away from everybody else", () => {
    const patterns = contract.serviceNames.flatMap(contract.servicePaths);
    const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(contract.livenessPath);
    assert.deepEqual([document.paths[contract.livenessPath], patterns.filter(fits)], [undefined, []]);
  });
});
