import assert from "node:assert/strict";
import { readDocument } from "../../../policies/iam/document.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes } from "../../../policies/iam/prover.ts";

type Statement = Readonly<Record<string, unknown>>;

const permissionsOf = (statements: readonly Statement[], boundary?: readonly Statement[]) => {
  const kind = statements.some((one) => "Principal" in one || "NotPrincipal" in one) ? "resource" : "identity";
  const read = (Statement: readonly Statement[]) => readDocument({ Version: "2012-10-17", Statement }, kind);
  return effectivePermissions([read(statements)], boundary && read(boundary));
};

const get = (rest: object = {}): Statement => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...rest });
const deny = (rest: object = {}): Statement => get({ Effect: "Deny", ...rest });
const when = (operator: string, key: string, ...values: string[]) => ({ Condition: { [operator]: { [key]: values } } });
const [nothing, all] = [permissionsOf([]), permissionsOf([get()])];

describe("includes, where requests and texts are told apart finely,", () => {
  const account = "111111111111";
  const others = { NotPrincipal: { AWS: [account] } };
  const rows = [
    [
      "a variable of a boundary may be the text of the policy",
      nothing,
      permissionsOf([get({ Resource: "b/bob" })], [get({ Resource: "b/${aws:username}" })]),
      "undecided",
    ],
    [
      "a Deny may leave out what a variable says",
      nothing,
      permissionsOf([get({ Resource: "b/bob" }), deny({ Resource: undefined, NotResource: "b/${aws:username}" })]),
      "undecided",
    ],
    [
      "a Deny for an account is one for every role in it",
      permissionsOf([get(others), deny({ Principal: { AWS: account } })]),
      permissionsOf([get(others)]),
      "violated",
    ],
    [
      "the number of an account is its root",
      permissionsOf([get({ Principal: { AWS: account } })]),
      permissionsOf([get({ Principal: { AWS: `arn:aws:iam::${account}:root` } })]),
      "holds",
    ],
    [
      "a star stays in its part of an ARN",
      permissionsOf([get(when("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:b"))]),
      permissionsOf([get(when("ArnLike", "aws:SourceArn", "arn:aws:sns:e:1:a:b"))]),
      "violated",
    ],
    [
      "a star does not reach over the account into the name",
      permissionsOf([get(when("ArnLike", "aws:SourceArn", "arn:aws:sns:*:1:b"))]),
      permissionsOf([get(when("ArnLike", "aws:SourceArn", "arn:aws:sns:e:2:1:b"))]),
      "violated",
    ],
    [
      "conditions that contradict each other give nothing",
      nothing,
      permissionsOf([
        get({
          Condition: { Bool: { "aws:SecureTransport": "true" }, BoolIfExists: { "aws:SecureTransport": "false" } },
        }),
      ]),
      "holds",
    ],
    [
      "not like a star is met without the key",
      nothing,
      permissionsOf([get(when("StringNotLike", "aws:PrincipalTag/t", "*"))]),
      "violated",
    ],
    [
      "a Deny of a name nobody knows leaves a gap",
      permissionsOf([get({ Action: "s3:*" }), deny({ Action: "s3:NewThing" })]),
      permissionsOf([get({ Action: "s3:*" })]),
      "undecided",
    ],
    [
      "a default is for whoever has no such key",
      permissionsOf([get({ Resource: "b/${aws:PrincipalTag/t, 'x'}" })]),
      permissionsOf([get({ Resource: "b/${aws:PrincipalTag/t}" })]),
      "holds",
    ],
    [
      "a range is a part of everything",
      all,
      permissionsOf([get(when("IpAddress", "aws:SourceIp", "10.0.0.0/8"))]),
      "holds",
    ],
  ] as const;
  for (const [name, bound, inner, expected] of rows) {
    it(`${name}: ${expected}`, () => assert.equal(includes(bound, inner).answer, expected));
  }
});
