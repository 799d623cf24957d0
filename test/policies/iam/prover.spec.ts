import assert from "node:assert/strict";
import fc from "fast-check";
import { catalogue } from "../../../policies/data/catalogue.ts";
import { expand, has } from "../../../policies/iam/actions.ts";
import { readDocument } from "../../../policies/iam/document.ts";
import { codes, covers, readGlob } from "../../../policies/iam/glob.ts";
import { effectivePermissions, given, denialsOf } from "../../../policies/iam/permissions.ts";
import { includes } from "../../../policies/iam/prover.ts";

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
    assert.deepEqual(answers, ["holds", "violated"]);
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

  it("compares ranges of addresses", () => {
    const under = (value: string) =>
      permissionsOf([
        { Effect: "Allow", Action: "sqs:*", Resource: ["*"], Condition: { IpAddress: { "aws:SourceIp": [value] } } },
      ]);
    const [wide, narrow] = [under("10.0.0.0/8"), under("10.1.0.0/16")];
    assert.deepEqual([includes(wide, narrow).answer, includes(narrow, wide).answer], ["holds", "violated"]);
  });

  it("is undecided where the values of conditions are not modelled", () => {
    const under = (value: string) =>
      permissionsOf([
        {
          Effect: "Allow",
          Action: "s3:*",
          Resource: ["*"],
          Condition: { StringLike: { "s3:prefix": [value] } },
        },
      ]);
    assert.equal(includes(under("${aws:username}/*"), under("a/*")).answer, "undecided");
  });
});
