import assert from "node:assert/strict";
import fc from "fast-check";
import { parseJson } from "../../../policies/iam/json.ts";

describe("parseJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(JSON.parse(JSON.stringify(parseJson(text).value)), JSON.parse(text));
      }),
    );
  });

  it("refuses what JSON.parse refuses", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:1e-.tru \\n') }), (text) => {
        const refused = (read: () => unknown) => {
          try {
            read();
            return false;
          } catch {
            return true;
          }
        };
        assert.equal(
          refused(() => parseJson(text)),
          refused(() => JSON.parse(text)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("reads past the mark by which some editors begin a file, and only there", () => {
    assert.deepEqual(parseJson('\ufeff{"a": 1}').written, new Map([["a", "1"]]));
    assert.throws(() => parseJson('{\ufeff"a": 1}'), /no JSON at character 1/);
  });

  it("tells the keys that are there twice", () => {
    assert.deepEqual(parseJson('{"a":[{"b":1,"b":2}],"__proto__":1,"a":0}').duplicates, ["a.0.b", "a"]);
  });

  it("fails on nesting deeper than 64", () => {
    assert.throws(() => parseJson("[".repeat(70) + "]".repeat(70)), /nests deeper than 64: flatten it/);
  });
});
