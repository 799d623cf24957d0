import assert from "node:assert/strict";
import fc from "fast-check";
import { catalogue } from "../../../policies/data/catalogue.ts";
import {
  complement,
  expand,
  intersect,
  join,
  members,
  noActions,
  subtract,
  union,
} from "../../../policies/iam/actions.ts";

const names = (patterns: string[]) => members(union(patterns)).map(({ name }) => name);
const sqs = catalogue.service("sqs")?.actions.map(({ name }) => name) ?? [];

/** Covers by trying every split: slow, but plainly right. */
const covers = (pattern: string, text: string): boolean =>
  pattern === ""
    ? text === ""
    : pattern[0] === "*"
      ? covers(pattern.slice(1), text) || (text !== "" && covers(pattern, text.slice(1)))
      : text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && covers(pattern.slice(1), text.slice(1));

describe("expand", () => {
  it("knows the actions of AWS", () => {
    assert.deepEqual([catalogue.services.length, catalogue.size, catalogue.date], [456, 22091, "2026-09-26"]);
  });

  it("covers by pattern as trying every split does", () => {
    const token = fc.constantFrom("*", "?", "Message", "Queue", "Delete", "Send", "s", "e");
    fc.assert(
      fc.property(fc.array(token, { maxLength: 5 }), (tokens) => {
        const pattern = `sqs:${tokens.join("")}`;
        const expected = sqs.filter((name) => covers(pattern.toLowerCase(), name.toLowerCase()));
        assert.deepEqual(names([pattern]), expected);
      }),
    );
  });

  it("does not care for case", () => assert.deepEqual(names(["S3:getOBJECT"]), ["s3:GetObject"]));

  it("takes a pattern for the service too", () => {
    assert.ok(names(["*:DescribeInstances"]).includes("ec2:DescribeInstances"));
  });

  for (const pattern of ["", "s3", "../../etc:x", "nosuch:*", "s3:NoSuchAction", "constructor:x", "s3:__proto__"]) {
    it(`gives nothing for ${JSON.stringify(pattern)}`, () => assert.equal(expand(pattern).length, 0));
  }

  it("gives everything for *", () => assert.equal(expand("*").length, catalogue.size));
});

describe("an action set", () => {
  const set = fc.array(fc.constantFrom(...sqs.slice(0, 8)), { maxLength: 6 }).map((list) => union(list));

  it("joins, cuts and takes away as sets do", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        assert.deepEqual(new Set(join([a, b])), new Set([...a, ...b]));
        assert.deepEqual(
          [...intersect(a, b)],
          [...a].filter((id) => b.includes(id)),
        );
        assert.deepEqual(
          [...subtract(a, b)],
          [...a].filter((id) => !b.includes(id)),
        );
        assert.deepEqual(complement(complement(a)), a);
      }),
    );
  });

  it("is empty beside its complement", () => {
    const some = union(["s3:*", "iam:Get*"]);
    assert.deepEqual(intersect(some, complement(some)), noActions);
  });
});
