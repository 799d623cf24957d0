import assert from "node:assert/strict";
import fc from "fast-check";
import { catalogue } from "../../policies/catalogue.ts";
import { covers, waiverFor, waivers } from "../../policies/waivers.ts";

const waiver = { rule: "r", resource: "api-*", reason: "a b c d", owner: "platform", expires: "2026-06-30" };

describe("a waiver", () => {
  it("covers its rule and its resources to its last day", () => {
    const on = (today: string) => waiverFor("r", "api-logs", { waivers: [waiver], today });
    assert.deepEqual([on("2026-06-30"), on("2026-07-01")], [waiver, undefined]);
    assert.equal(waiverFor("other", "api-logs", { waivers: [waiver], today: "2026-01-01" }), undefined);
    assert.equal(waiverFor("r", "database", { waivers: [waiver], today: "2026-01-01" }), undefined);
  });

  it("reads the asterisk as any characters, like a regular expression would", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "-", "*"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, word, (pattern, name) => {
        assert.equal(covers(pattern, name), new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name));
      }),
    );
  });
});

describe("the written waivers", () => {
  it("name rules there are", () => {
    const ids = catalogue.map(({ id }) => id);
    assert.deepEqual(
      waivers.filter(({ rule }) => !ids.includes(rule)),
      [],
    );
  });
});
