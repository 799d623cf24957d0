import assert from "node:assert/strict";
import { pointsTo } from "../../../policies/facts/links.ts";
import { UnknownValue } from "../../../policies/facts/unknown.ts";
import { unknownValue } from "../../../local/graph.ts";
import { resource } from "../laws.ts";

const target = resource(
  "a:b:Target",
  { name: "chosen" },
  { name: "target", urn: "urn:target", outputs: { id: "t-1", arn: "arn:t-1" } },
);
const from = (to: unknown, dependencies?: Record<string, string[]>) => resource("a:b:From", { to }, { dependencies });

describe("a link", () => {
  for (const known of ["t-1", "arn:t-1", "chosen"]) {
    it(`points by ${known}`, () => assert.equal(pointsTo(from(known), "to", target), true));
  }

  it("does not point by another name, or by none", () => {
    assert.deepEqual([pointsTo(from("t-2"), "to", target), pointsTo(from(undefined), "to", target)], [false, false]);
  });

  it("points by where the engine says an unknown value comes from", () => {
    assert.equal(pointsTo(from(unknownValue, { to: ["urn:target"] }), "to", target), true);
    assert.equal(pointsTo(from(unknownValue, { to: ["urn:other"] }), "to", target), false);
  });

  it("is unknown when nothing tells", () => {
    assert.throws(() => pointsTo(from(unknownValue), "to", target), UnknownValue);
    const unnamed = resource("a:b:Target", { name: unknownValue });
    assert.throws(() => pointsTo(from("chosen"), "to", unnamed), UnknownValue);
  });
});
