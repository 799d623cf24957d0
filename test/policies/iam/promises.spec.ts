import assert from "node:assert/strict";
import { readDocument } from "../../../policies/iam/document.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes, proves } from "../../../policies/iam/prover.ts";
import { allow, type Statement } from "./about.ts";

const permissionsOf = (statements: readonly Statement[]) =>
  effectivePermissions([readDocument({ Version: "2012-10-17", Statement: statements }, "identity")]);
const all = allow("sqs:*", "*");

describe("includes, of what is not known,", () => {
  it("takes a policy variable for any text where the bound refuses some", () => {
    const give = (where: string, rest: object = {}): Statement =>
      ({ Effect: "Allow", Action: "s3:GetObject", Resource: [where], ...rest }) as Statement;
    const refuse = (where: string) => give(where, { Effect: "Deny" });
    const but = (where: string) => give("", { Resource: undefined, NotResource: where });
    const [own, all, admin] = ["b/${aws:username}/*", "b/*", "b/admin/*"];
    const answers = (
      [
        [[give(all), refuse(admin)], [give(own)]],
        [[but(admin)], [give(own)]],
        [[give(all), refuse(own)], [give(admin)]],
        [[give(all), refuse("b/${aws:PrincipalTag/t, 'x'}/*")], [give(own)]],
        [
          [give(all), refuse(admin)],
          [give(own), refuse("b/adm*")],
        ],
        [[but(own)], [but(own)]],
        [[give(all), refuse("c/*")], [give(own)]],
        [[give(own)], [give(own)]],
        [[give("b/${aws:PrincipalTag/t, 'x'}/*")], [give("b/${aws:PrincipalTag/t,'x'}/*")]],
        [[give("b/${aws:PrincipalTag/t, 'x'}/*")], [give("b/${aws:PrincipalTag/t, 'y'}/*")]],
      ] as const
    ).map(([bound, inner]) => includes(permissionsOf(bound), permissionsOf(inner)).answer);
    assert.deepEqual(answers, [...Array(4).fill("undecided"), ...Array(5).fill("holds"), "violated"]);
  });

  it("takes an action nobody knows for given only where it surely is", () => {
    const give = (Action: string, where: string): Statement => ({ Effect: "Allow", Action, Resource: [where] });
    const bounds = [
      [give("s3:*", "*")],
      [give("s3:NewThing", "x/*")],
      [give("s3:*", "y/*")],
      [{ ...give("s3:*", "*"), Condition: { StringEquals: { "aws:ResourceTag/t": ["p"] } } }],
      [give("s3:*", "*"), { ...give("s3:NewThing", "x/a"), Effect: "Deny" }],
    ];
    const inner = permissionsOf([give("s3:NewThing", "x/*")]);
    assert.deepEqual(
      bounds.map((bound) => includes(permissionsOf(bound), inner).answer),
      ["holds", "holds", "undecided", "undecided", "undecided"],
    );
  });

  it("keeps an action nobody knows within a boundary, and loses it to a Deny", () => {
    const read = (Effect: string, Action: string) =>
      readDocument({ Statement: { Effect, Action, Resource: "*" } }, "identity");
    const give = read("Allow", "iam:Newthing");
    const unknown = [
      effectivePermissions([give], read("Allow", "*")),
      effectivePermissions([give], read("Allow", "s3:*")),
      effectivePermissions([give, read("Deny", "iam:*")]),
      effectivePermissions([give, read("Deny", "iam:New")]),
    ].map(({ grants }) => grants.flatMap((grant) => grant.unknown));
    assert.deepEqual(unknown, [["iam:Newthing"], [], [], ["iam:Newthing"]]);
  });

  it("is undecided where a Deny of the bound could not be read", () => {
    const deny: Statement = { Effect: "Deny", Action: "sqs:*", Resource: ["a"], Condition: { Foo: {} } };
    assert.equal(includes(permissionsOf([all, deny]), permissionsOf([all])).answer, "undecided");
  });
});

describe("proves", () => {
  const secrets = permissionsOf([
    {
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/api-??????"],
    },
    { Effect: "Allow", Action: "*", Resource: ["arn:aws:s3:::inbox/*"] },
  ]);
  const only = ["secretsmanager:GetSecretValue"];

  it("shows that no other secret can be read", () => {
    const within = ["arn:aws:secretsmanager:*:*:secret:app/api-*", "arn:aws:s3:::*"];
    assert.deepEqual(proves(secrets, { only, within }), { answer: "holds" });
  });

  it("names a secret that can", () => {
    const proof = proves(secrets, { only, within: ["arn:aws:secretsmanager:*:*:secret:app/web-*", "arn:aws:s3:::*"] });
    assert.equal(
      proof.answer === "violated" && proof.resource,
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/api-xxxxxx",
    );
  });

  it("is about actions nobody knows, too", () => {
    const give = (Action: string) => permissionsOf([{ Effect: "Allow", Action, Resource: ["arn:aws:s3:::a"] }]);
    const within = ["arn:aws:s3:::b"];
    const answers = [
      proves(give("iam:Brandnew"), { never: ["iam:*"] }),
      proves(give("iam:Brand*"), { never: ["iam:*new"] }),
      proves(give("sqs:Brandnew"), { never: ["iam:*"] }),
      proves(give("s3:Brandnew"), { only: ["s3:*"], within }),
      proves(give("s3:Brandnew"), { only: ["s3:*"], within: [...within, "arn:aws:s3:::a*"] }),
    ];
    assert.deepEqual(
      answers.map(({ answer }) => answer),
      ["violated", "undecided", "holds", "violated", "holds"],
    );
  });

  it("tells whether an action is never allowed", () => {
    const answers = [["sqs:*"], ["iam:*"]].map(
      (never) => proves(permissionsOf([{ Effect: "Allow", NotAction: "iam:*", Resource: ["*"] }]), { never }).answer,
    );
    assert.deepEqual(answers, ["violated", "holds"]);
  });
});
