import assert from "node:assert/strict";
import type { OpenApiDocument } from "../../../components/api/openapi.ts";
import { refuseUnsupported } from "../../../components/api/limits.ts";
import { changed } from "./fixture.ts";

const get = (d: OpenApiDocument) => d.paths["/patients"]!.get!;
const name = (d: OpenApiDocument) =>
  (d.components!.schemas!["Patient"] as { properties: { name: object } }).properties.name;

describe("refuseUnsupported", () => {
  it("accepts what only looks like an unsupported keyword", () => {
    refuseUnsupported(
      changed((d) => {
        const properties = { nullable: { type: "string" }, const: { type: "string" } };
        d.components!.schemas!["example"] = { type: "object", properties };
        d.components!.schemas!["Kind"] = { type: "string", enum: ["const"], default: "const" };
      }),
    );
  });

  it("accepts a document of exactly 300 resources", () => {
    // The root, /patients, its parameter, /health and /health/patients are five.
    refuseUnsupported(changed((d) => Array.from({ length: 295 }, (_, i) => (d.paths[`/r${i}`] = { get: get(d) }))));
  });

  for (const [wrong, change, message] of [
    ["OpenAPI 3.1", (d) => (d.openapi = "3.1.0"), /openapi "3.1.0": the gateway imports 3.0/],
    ["a document without paths", (d) => (d.paths = {}), /document has no paths: add a route/],
    [
      "a document over 6 MB",
      (d) => (d.info.description = "x".repeat(6 * 1024 * 1024)),
      /document has \d+ bytes, the gateway imports 6291456: split/,
    ],
    [
      "more than 300 resources",
      (d) => Array.from({ length: 297 }, (_, i) => (d.paths[`/r${i}`] = { get: get(d) })),
      /document needs 302 resources, the gateway allows 300/,
    ],
    ["a path with odd characters", (d) => (d.paths["/a b"] = { get: get(d) }), /path "\/a b" must be segments/],
    [
      "a parameter in part of a segment",
      (d) => (d.paths["/a{id}"] = { get: get(d) }),
      /path "\/a\{id\}" must be segments/,
    ],
    ["the gateway's own path", (d) => (d.paths["/ping"] = { get: get(d) }), /path "\/ping" is reserved/],
    [
      "a schema name with a hyphen",
      (d) => (d.components!.schemas!["New-Patient"] = {}),
      /schema "New-Patient" must have a name of letters and digits only/,
    ],
    [
      "nullable",
      (d) => Object.assign(name(d), { nullable: true }),
      /document uses "nullable" at #\/components\/schemas\/Patient\/properties\/name\/nullable: the gateway does not support it/,
    ],
    [
      "a discriminator",
      (d) => Object.assign(d.components!.schemas!["Patient"]!, { discriminator: {} }),
      /uses "discriminator"/,
    ],
    [
      "a keyword under a path",
      (d) => (get(d).responses["200"] = { content: { "application/json": { schema: { const: 1 } } } }),
      /uses "const" at #\/paths\/~1patients\/get\/responses\/200\/content\/application~1json\/schema\/const/,
    ],
    ["a number format", (d) => Object.assign(name(d), { format: "int64" }), /uses format "int64"/],
    [
      "a reference out of the document",
      (d) => Object.assign(name(d), { $ref: "name.json" }),
      /refers to "name.json" at .*: the gateway resolves #\/components\/ only/,
    ],
  ] as [string, (document: OpenApiDocument) => unknown, RegExp][]) {
    it(`fails on ${wrong}`, () => {
      assert.throws(() => refuseUnsupported(changed(change)), message);
    });
  }
});
