import assert from "node:assert/strict";
import { growth } from "../../growth.ts";
import fc from "fast-check";
import { readDocument, type Kind } from "../../../policies/iam/document.ts";
import { judgeDocument, verdictOf } from "../../../policies/iam/judge.ts";

const kind = fc.constantFrom<Kind>("identity", "trust", "resource");
const word = fc.constantFrom(
  "*",
  "s3:GetObject",
  "iam:*",
  "arn:aws:s3:::a/*",
  "sts:AssumeRole",
  "Allow",
  "Deny",
  "",
  "${aws:username}",
  "o-1",
);
const odd = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.anything({ maxDepth: 2 }));
const condition = fc.dictionary(
  fc.constantFrom("StringEquals", "ForAllValues:StringLike", "Null", "Bool", "DateLessThan", "nonsense"),
  fc.dictionary(fc.constantFrom("aws:SourceIp", "aws:PrincipalOrgID", "x"), odd),
);
const element = {
  Effect: odd,
  Action: odd,
  NotAction: odd,
  Resource: odd,
  NotResource: odd,
  Principal: odd,
  NotPrincipal: odd,
  Sid: odd,
};
const statement = fc.record({ ...element, Condition: fc.oneof(condition, odd) }, { requiredKeys: [] });
const policy = fc.record({
  Version: fc.oneof(fc.constant("2012-10-17"), odd),
  Statement: fc.oneof(statement, fc.array(statement, { maxLength: 3 }), odd),
});

describe("readDocument", () => {
  it("never throws, nor does the judge", () => {
    fc.assert(
      fc.property(kind, fc.oneof(policy, fc.anything(), fc.string(), policy.map(text)), (of, found) => {
        assert.ok(["ok", "violation", "undecided"].includes(verdictOf(judgeDocument(of, found))));
      }),
      { numRuns: 500 },
    );
  });

  it("reads single values and lists alike", () => {
    const one = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };
    const lists = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/*"] };
    assert.deepEqual(readDocument({ Statement: one }, "identity"), readDocument({ Statement: [lists] }, "identity"));
  });

  it("reads text in percent-encoding, as IAM sends it", () => {
    const found = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    assert.deepEqual(
      readDocument(encodeURIComponent(JSON.stringify(found)), "identity"),
      readDocument(found, "identity"),
    );
    assert.equal(readDocument("%7B%", "identity").flaws[0]?.severity, "unreadable");
  });

  it("reads text as it reads objects", () => {
    const found = { Version: "2012-10-17", Statement: [{ Effect: "Deny", NotAction: "s3:*", NotResource: "*" }] };
    assert.deepEqual(readDocument(JSON.stringify(found), "identity"), readDocument(found, "identity"));
  });

  for (const [what, flaw, found] of [
    [
      "a key that is there twice",
      "invalid",
      '{"Statement":[],"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    ],
    [
      "an element that does not exist",
      "invalid",
      { Statement: { Effect: "Deny", Action: "*", Resource: "*", Conditions: {} } },
    ],
    [
      "an operator that does not exist",
      "invalid",
      { Statement: { Effect: "Deny", Action: "*", Resource: "*", Condition: { Equals: {} } } },
    ],
    [
      "Action beside NotAction",
      "invalid",
      { Statement: { Effect: "Deny", Action: "*", NotAction: "*", Resource: "*" } },
    ],
    ["statements under another name", "invalid", { Version: "2012-10-17", Statements: [] }],
    ["an empty list of statements", "harmless", { Version: "2012-10-17", Statement: [] }],
    ["nothing at all", "harmless", {}],
    ["text that is no JSON", "unreadable", "{"],
    [
      "a reference that is not filled in",
      "unreadable",
      { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: { Ref: "Bucket" } } },
    ],
  ] as const) {
    it(`calls ${what} ${flaw}`, () => {
      assert.deepEqual([...new Set(readDocument(found, "identity").flaws.map(({ severity }) => severity))], [flaw]);
    });
  }

  it("answers huge documents in linear time", () => {
    const statement = (at: number) => ({
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: `arn:aws:s3:::b${at}/*a*a*a*a*a*b`,
    });
    const judge = (length: number) =>
      judgeDocument("identity", { Version: "2012-10-17", Statement: Array.from({ length }, (_, at) => statement(at)) });
    assert.ok(growth(judge, 160) < 24);
  });

  it("answers thousands of principals and conditions in linear time", () => {
    const judge = (length: number) => {
      const many = <T>(make: (at: number) => T) => Array.from({ length }, (_, at) => make(at));
      const tags = Object.fromEntries(many((at) => [`aws:PrincipalTag/${at}`, `*a*b*${at}`]));
      const Statement = {
        Effect: "Allow",
        Principal: { AWS: many((at) => `${at}`), Service: many(() => "events.amazonaws.com") },
        Action: "sqs:SendMessage",
        Condition: { StringLike: { ...tags, "aws:SourceArn": many((at) => `arn:aws:s3:::*${at}*`) } },
      };
      judgeDocument("resource", JSON.stringify({ Version: "2012-10-17", Statement }));
    };
    assert.ok(growth(judge, 500) < 24);
  });
});

function text(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "{";
  }
}
