import assert from "node:assert/strict";
import fc from "fast-check";
import { amount, entries, flag, items, json, read, text, texts } from "../../../policies/facts/reading.ts";
import { isUnknown, UnknownValue } from "../../../policies/facts/unknown.ts";
import { unknownValue } from "../../../local/graph.ts";

describe("reading", () => {
  it("takes truth values and numbers as providers write them", () => {
    const props = { on: "true", off: false, days: "7", none: "", rate: 1.5 };
    assert.deepEqual([flag(props, "on"), flag(props, "off"), flag(props, "days")], [true, false, undefined]);
    assert.deepEqual([amount(props, "days"), amount(props, "none"), amount(props, "rate")], [7, undefined, 1.5]);
  });

  it("takes one value for a list of one", () => {
    assert.deepEqual([items({ a: "x" }, "a"), items({}, "a"), texts({ a: ["x", 1] }, "a")], [["x"], [], ["x"]]);
  });

  it("opens documents, whether text or object", () => {
    assert.deepEqual(
      [json({ a: '{"b":1}' }, "a"), json({ a: { b: 1 } }, "a"), json({ a: "{" }, "a")],
      [{ b: 1 }, { b: 1 }, undefined],
    );
  });

  it("never throws but for unknown values, whatever is there", () => {
    const value = fc.anything({ values: [fc.string(), fc.constant(unknownValue), fc.integer()] });
    const path = fc.array(fc.constantFrom("a", "0", "length"), { maxLength: 3 }).map((keys) => keys.join("."));
    fc.assert(
      fc.property(value, path, (from, path) => {
        for (const reader of [read, text, flag, amount, items, texts, entries, json]) {
          try {
            assert.ok(!isUnknown(reader(from, path)));
          } catch (error) {
            assert.ok(error instanceof UnknownValue, String(error));
          }
        }
      }),
    );
  });
});
