import assert from "node:assert/strict";
import { readDocument } from "../../../policies/iam/document.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes } from "../../../policies/iam/prover.ts";

type Statement = Readonly<Record<string, unknown>>;

const permissionsOf = (statements: readonly Statement[]) =>
  effectivePermissions([readDocument({ Version: "2012-10-17", Statement: statements }, "identity")]);

describe("includes, of many conditions,", () => {
  const all: Statement = { Effect: "Allow", Action: "sqs:*", Resource: ["*"] };
  const keys = Array.from({ length: 30 }, (_, at) => `aws:PrincipalTag/k${at}`);
  const denials = keys.map((key, at): Statement => ({
    ...all,
    Effect: "Deny",
    Resource: [`*${at}`],
    Condition: { StringNotEquals: { [key]: ["x"] } },
  }));
  const grants = keys.map((key): Statement => ({ ...all, Condition: { StringLike: { [key]: ["*a*b", "*c*"] } } }));

  it("compares what both sides say", () => {
    for (const list of [[all, ...denials], grants])
      assert.equal(includes(permissionsOf(list), permissionsOf(list)).answer, "holds");
  });

  it("names what is more", () => {
    const answers = [
      includes(permissionsOf([all, ...denials]), permissionsOf([all, ...denials.slice(1)])),
      includes(permissionsOf(grants), permissionsOf([all])),
    ];
    assert.deepEqual(
      answers.map(({ answer }) => answer),
      ["violated", "violated"],
    );
  });

  it("answers where patterns, names or principals are very many", () => {
    const many = (count: number, text: (at: number) => string) => Array.from({ length: count }, (_, at) => text(at));
    const one = (rest: object): Statement => ({ ...all, ...rest });
    const intricate = [
      many(40, (at) => `*${at}*a${at}*b`).map((value) =>
        one({ Condition: { StringLike: { "aws:TagKeys": [value] } } }),
      ),
      many(40, (at) => `a:N${at}*x*q`).map((name) => one({ Action: name })),
      [one({ NotAction: undefined, Resource: many(300, (at) => `*${at}*b*${at}`) })],
    ];
    // One that hangs meets the limit of every test.
    for (const list of intricate) {
      assert.notEqual(includes(permissionsOf(list), permissionsOf([...list].reverse().slice(1))).answer, "violated");
      assert.notEqual(includes(permissionsOf(list.slice(1)), permissionsOf(list)).answer, "holds");
    }
  });
});
