import assert from "node:assert/strict";
import fc from "fast-check";
import { catalogue } from "../../../policies/data/catalogue.ts";
import { expand, has } from "../../../policies/iam/actions.ts";
import { readDocument } from "../../../policies/iam/document.ts";
import { codes, covers, readGlob } from "../../../policies/iam/glob.ts";
import { effectivePermissions, given, denialsOf } from "../../../policies/iam/permissions.ts";
import { includes, proves } from "../../../policies/iam/prover.ts";

interface Statement {
  Effect: string;
  Action?: string;
  NotAction?: string;
  Resource?: string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

const actions = ["sqs:SendMessage", "sqs:ReceiveMessage", "sns:Publish"];
const resources = ["", "a", "b", "x", "aa", "ab", "ba", "bb", "ax", "xb", "aab", "abb", "bab", "xxa"];
const tags = [undefined, "p", "q"];

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
const patterns = fc.array(pattern, { minLength: 1, maxLength: 2 });
const condition = fc
  .tuple(fc.constantFrom("StringEquals", "StringNotEquals"), fc.subarray(["p", "q"], { minLength: 1 }))
  .map(([operator, values]) => ({ Condition: { [operator]: { "aws:ResourceTag/t": values } } }));
const statement = fc
  .tuple(
    fc.constantFrom("Allow", "Allow", "Deny"),
    fc
      .constantFrom("sqs:*", "sqs:SendMessage", "sns:Publish", "*")
      .chain((name) => fc.constantFrom({ Action: name }, { NotAction: name })),
    fc.oneof(
      patterns.map((list) => ({ Resource: list })),
      patterns.map((list) => ({ NotResource: list })),
    ),
    fc.option(condition, { nil: {}, freq: 3 }),
  )
  .map(([Effect, one, two, three]): Statement => ({ Effect, ...one, ...two, ...three }));
const policy = fc.array(statement, { minLength: 1, maxLength: 3 });

const permissionsOf = (statements: readonly Statement[]) =>
  effectivePermissions([readDocument({ Version: "2012-10-17", Statement: statements }, "identity")]);

/** The decision of AWS for one request, straight from its documentation: a Deny that applies, else an Allow that applies. */
function allowed(statements: readonly Statement[], action: string, resource: string, tag: string | undefined): boolean {
  const named = (list: readonly string[]) => list.some((text) => covers(readGlob(text).tokens, codes(resource)));
  const does = (text: string) => has(expand(text), catalogue.find(action)?.id ?? -1);
  const applies = ({ Action, NotAction, Resource, NotResource, Condition = {} }: Statement) =>
    (Action === undefined ? !does(NotAction ?? "") : does(Action)) &&
    (Resource === undefined ? !named(NotResource ?? []) : named(Resource)) &&
    Object.entries(Condition).every(([operator, pairs]) =>
      Object.values(pairs).every(
        (values) => (tag !== undefined && values.includes(tag)) === (operator === "StringEquals"),
      ),
    );
  const about = statements.filter(applies);
  return about.some(({ Effect }) => Effect === "Allow") && !about.some(({ Effect }) => Effect === "Deny");
}

const requests = actions.flatMap((action) =>
  resources.flatMap((resource) => tags.map((tag) => [action, resource, tag] as const)),
);

describe("effectivePermissions", () => {
  it("takes Deny away as AWS does", () => {
    fc.assert(
      fc.property(policy, (statements) => {
        const plain = statements
          .filter(({ Effect, Condition }) => Effect === "Deny" || !Condition)
          .map(({ Condition: _, ...rest }) => rest);
        const { grants, denials } = permissionsOf(plain);
        for (const [action, resource] of requests) {
          const id = catalogue.find(action)?.id ?? -1;
          const found = grants.some(
            (grant) => has(grant.actions, id) && given(grant, denialsOf(denials, id), codes(resource)) !== undefined,
          );
          assert.equal(found, allowed(plain, action, resource, undefined), `${action} on ${resource}`);
        }
      }),
    );
  });

  it("stays within a boundary", () => {
    const own = readDocument({ Statement: { Effect: "Allow", Action: "sqs:*", Resource: "a*" } }, "identity");
    const boundary = readDocument(
      { Statement: { Effect: "Allow", Action: ["sqs:SendMessage", "sns:*"], Resource: "*b" } },
      "identity",
    );
    const inner = effectivePermissions([own], boundary);
    const exact = permissionsOf([{ Effect: "Allow", Action: "sqs:SendMessage", Resource: ["a*b"] }]);
    assert.deepEqual([includes(exact, inner).answer, includes(inner, exact).answer], ["holds", "holds"]);
  });
});

describe("includes", () => {
  it("agrees with asking for every request", () => {
    let decided = 0;
    fc.assert(
      fc.property(policy, policy, (bound, inner) => {
        const proof = includes(permissionsOf(bound), permissionsOf(inner));
        const more = requests.find((request) => allowed(inner, ...request) && !allowed(bound, ...request));
        if (proof.answer !== "undecided") decided += 1;
        if (proof.answer === "holds") assert.equal(more, undefined);
        if (proof.answer === "violated" && !inner.concat(bound).some(({ Condition }) => Condition)) {
          assert.ok(allowed(inner, proof.action, proof.resource === "*" ? "" : proof.resource, undefined));
          assert.ok(!allowed(bound, proof.action, proof.resource === "*" ? "" : proof.resource, undefined));
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(decided > 75, `only ${decided} of 150 were decided`);
  });

  it("names what is more", () => {
    const bound = permissionsOf([{ Effect: "Allow", Action: "sqs:*", Resource: ["orders-*"] }]);
    const inner = permissionsOf([{ Effect: "Allow", Action: "sqs:SendMessage", Resource: ["orders*"] }]);
    assert.deepEqual(includes(bound, inner), {
      answer: "violated",
      statement: "#0",
      action: "sqs:SendMessage",
      resource: "orders",
    });
  });

  const tagged = (Effect: string, value: string): Statement => ({
    Effect,
    Action: "sqs:*",
    Resource: ["*"],
    Condition: { StringEquals: { "aws:ResourceTag/t": [value] } },
  });
  const all: Statement = { Effect: "Allow", Action: "sqs:*", Resource: ["*"] };

  it("names what a dropped condition opens", () => {
    assert.equal(includes(permissionsOf([tagged("Allow", "p")]), permissionsOf([all])).answer, "violated");
  });

  it("compares the conditions of Deny", () => {
    const answers = ["p", "q"].map(
      (value) =>
        includes(permissionsOf([all, tagged("Deny", "p")]), permissionsOf([all, tagged("Deny", value)])).answer,
    );
    assert.deepEqual(answers, ["holds", "undecided"]);
  });

  it("compares whom a trust policy names", () => {
    const trust = (principal: object) =>
      effectivePermissions([
        readDocument({ Statement: { Effect: "Allow", Action: "sts:AssumeRole", ...principal } }, "trust"),
      ]);
    const [one, two, but] = [
      trust({ Principal: { AWS: "210987654321" } }),
      trust({ Principal: { AWS: ["210987654321", "123456789012"] } }),
      trust({ NotPrincipal: { AWS: "210987654321" } }),
    ];
    const answers = [
      includes(two, one),
      includes(one, two),
      includes(but, one),
      includes(but, but),
      includes(one, but),
    ];
    assert.deepEqual(
      answers.map(({ answer }) => answer),
      ["holds", "violated", "violated", "holds", "violated"],
    );
  });

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

  it("is undecided where a key is not modelled", () => {
    const under = (value: string) =>
      permissionsOf([
        { Effect: "Allow", Action: "sqs:*", Resource: ["*"], Condition: { IpAddress: { "aws:SourceIp": [value] } } },
      ]);
    assert.equal(includes(under("10.0.0.0/8"), under("10.1.0.0/16")).answer, "undecided");
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
