import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy.js";
import { read } from "../../../policies/facts/reading.ts";
import { any, each, isUnknown, UnknownValue } from "../../../policies/facts/unknown.ts";
import { unknownValue } from "../../../local/graph.ts";

// The SDK keeps them out of its published types.
const sdk = proxy as unknown as {
  unknownCheckingProxy: (props: object) => Record<string, any>;
  UnknownValueError: new () => Error;
};
const sentinels = Object.entries(proxy).flatMap(([name, value]) =>
  /^unknown\w+Value$/.test(name) ? [[name, value as string] as const] : [],
);

describe("unknown values", () => {
  it("are the SDK's own, all seven", () => assert.equal(sentinels.length, 7));

  for (const [name, value] of sentinels) {
    it(`include ${name}, which the SDK's proxy refuses to touch`, () => {
      assert.ok(isUnknown(value));
      const props = sdk.unknownCheckingProxy({ a: { b: value } });
      assert.throws(() => props.a.b, sdk.UnknownValueError);
      assert.throws(() => read({ a: { b: value } }, "a.b"), new UnknownValue("a.b"));
      assert.throws(() => read({ a: value }, "a.b"), new UnknownValue("a.b"));
    });
  }

  it("include the recorded graph's", () => assert.ok(isUnknown(unknownValue)));

  it("lie open under the SDK's proxy where the pack reads them", () => {
    const raw = { a: unknownValue };
    assert.equal(sdk.unknownCheckingProxy(raw)["__getSpecialProxyTarget"], raw);
  });

  it("do not hide what is wrong with the next item", () => {
    const said: string[] = [];
    const check = function* (item: string) {
      yield `found ${String(read(item, ""))}`;
    };
    assert.throws(() => {
      for (const found of each([unknownValue, "a", "b"], check)) said.push(found);
    }, UnknownValue);
    assert.deepEqual(said, ["found a", "found b"]);
  });

  it("do not matter once one item holds", () => {
    const isB = (item: string) => read(item, "") === "b";
    assert.equal(any([unknownValue, "b"], isB), true);
    assert.equal(any(["a"], isB), false);
    assert.throws(() => any([unknownValue, "a"], isB), UnknownValue);
  });
});
