import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { fingerprint } from "../../../components/api/fingerprint.ts";
import {
  authorizedBy,
  gatewayDocument,
  type GatewaySettings,
  type OpenApiDocument,
} from "../../../components/api/openapi.ts";
import { changed, fixture, services, settings } from "./fixture.ts";

const arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";
const printOf = (document: OpenApiDocument, more: Partial<GatewaySettings> = {}, pool = arn) =>
  fingerprint(authorizedBy(gatewayDocument(document, { ...settings, ...more }), pool));

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe("fingerprint", () => {
  const original = printOf(fixture());

  it("is the same for the same document, whatever the order of its keys", () => {
    assert.equal(printOf(fixture()), original);
    assert.equal(printOf(shuffled(fixture()) as OpenApiDocument), original);
  });

  it("is the same for any order of keys", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(fingerprint(shuffled(value)), fingerprint(value))));
  });

  it("is the same for equal values only", () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(json, json, (a, b) => assert.equal(fingerprint(a) === fingerprint(b), isDeepStrictEqual(a, b))),
    );
  });

  const get = (d: OpenApiDocument) => d.paths["/patients"]!.get!;
  for (const [edit, change] of Object.entries<(document: OpenApiDocument) => unknown>({
    "a new route": (d) => (d.paths["/new"] = { get: get(d) }),
    "a removed route": (d) => delete d.paths["/patients/{patientId}"],
    "another scope": (d) => (get(d).security = [{ cognito: ["clinic/patients.write"] }]),
    "an opened route": (d) => Object.assign(get(d), { security: [], "x-public-reason": "why" }),
    "another bound in a schema": (d) => Object.assign(d.components!.schemas!["Patient"]!, { maxProperties: 3 }),
    "another order in a list": (d) => Object.assign(d.components!.schemas!["Patient"]!, { required: ["name", "born"] }),
    "another response": (d) => (get(d).responses["404"] = { description: "Not found" }),
    "another title": (d) => (d.info.title = "Practice"),
  })) {
    it(`moves with ${edit}`, () => {
      assert.notEqual(printOf(changed(change)), original);
    });
  }

  for (const [edit, moved] of Object.entries({
    "an origin": printOf(fixture(), { origins: ["https://app.example.com"] }),
    "a timeout": printOf(fixture(), { timeoutMillis: 10_000 }),
    "another function": printOf(fixture(), { services: { patients: { ...services.patients, functionName: "other" } } }),
    "another alias": printOf(fixture(), { services: { patients: { ...services.patients, alias: "test" } } }),
    "another user pool": printOf(fixture(), {}, `${arn}d`),
  })) {
    it(`moves with ${edit}`, () => {
      assert.notEqual(moved, original);
    });
  }
});
