import assert from "node:assert/strict";
import { inputsOf } from "../../../local/graph.ts";
import { service } from "./fixture.ts";

describe("listener rules", () => {
  const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
  const rulesOf = async (args: object): Promise<Record<string, any>[]> =>
    inputsOf(await service(args), "aws:lb/listenerRule:ListenerRule").sort((a, b) => a.priority - b.priority);

  it("ask for an access token of the user pool with the scope of each path", async () => {
    const routes = [
      { paths: ["/patients", "/patients/*"], methods: ["GET"], scope: "clinic/patients.read" },
      { paths: ["/health/patients"], publicReason: "uptime checks carry no token" },
    ];
    const [closed, open] = await rulesOf({ routes, tokenIssuer: issuer });
    const [validation, forward] = closed!.actions;
    assert.deepEqual(
      [validation.type, validation.order, forward.type, forward.order],
      ["jwt-validation", 1, "forward", 2],
    );
    assert.deepEqual(validation.jwtValidation, {
      issuer,
      jwksEndpoint: `${issuer}/.well-known/jwks.json`,
      additionalClaims: [
        { name: "token_use", format: "single-string", values: ["access"] },
        { name: "scope", format: "space-separated-values", values: ["clinic/patients.read"] },
      ],
    });
    assert.deepEqual(closed!.conditions, [
      { pathPattern: { values: ["/patients", "/patients/*"] } },
      { httpRequestMethod: { values: ["GET"] } },
    ]);
    assert.deepEqual(
      open!.actions.map(({ type }: any) => type),
      ["forward"],
    );
    assert.deepEqual([closed!.priority, open!.priority], [100, 101]);
    assert.deepEqual([closed!.tags, open!.tags], [undefined, { "public-reason": "uptime checks carry no token" }]);
  });

  it("say in a tag why they are open, in the characters and the length a tag takes", async () => {
    const routes = [{ paths: ["/health"], publicReason: `(no token, "no data") ${"x".repeat(400)}` }];
    const [rule] = await rulesOf({ routes, tokenIssuer: issuer });
    const tag = rule!.tags["public-reason"];
    assert.match(tag, /^no token no data x+$/);
    assert.equal(tag.length, 255);
  });

  it("take the last priority there is, and as many values as one has", async () => {
    const routes = [{ paths: ["/a", "/b", "/c"], methods: ["GET", "PUT"] }, { paths: ["/d"] }];
    assert.deepEqual(
      (await rulesOf({ priority: 49_999, routes })).map(({ priority }) => priority),
      [49_999, 50_000],
    );
  });

  it("begin with all traffic on the first group", async () => {
    const [rule] = await rulesOf({});
    assert.deepEqual(
      rule!.actions[0].forward.targetGroups.map(({ weight }: any) => weight),
      [100, 0],
    );
  });

  for (const [title, args, message] of [
    [
      "a scope nobody checks",
      { routes: [{ paths: ["/a"], scope: "clinic/a" }] },
      /routes ask for scopes, and nobody checks them/,
    ],
    [
      "a route open for no reason",
      { routes: [{ paths: ["/a"], publicReason: " " }] },
      /routes has "\/a" open to everybody/,
    ],
    [
      "a path that is none",
      { routes: [{ paths: ["patients"] }] },
      /routes must have paths that begin with a slash, got "patients"/,
    ],
    [
      "more values than a rule takes",
      { routes: [{ paths: ["/a", "/b", "/c", "/d", "/e", "/f"] }] },
      /a rule of 6 values/,
    ],
    ["no route", { routes: [] }, /routes is empty/],
    ["a priority out of range", { priority: 0 }, /priority must be a whole number from 1 to 50000, got 0/],
    ["a priority that no rule has", { priority: 50_001 }, /from 1 to 50000, got 50001/],
    [
      "priorities of which the last is none",
      { priority: 50_000, routes: [{ paths: ["/a"] }, { paths: ["/b"] }] },
      /from 1 to 49999, got 50000/,
    ],
    [
      "methods and paths beyond what a rule takes",
      { routes: [{ paths: ["/a", "/b", "/c"], methods: ["GET", "PUT", "POST"] }] },
      /a rule of 6 values/,
    ],
    [
      "tokens asked for by a rule whose traffic ECS moves",
      { tokenIssuer: issuer, strategy: { kind: "canary", percent: 10, bakeMinutes: 10 } },
      /tokenIssuer makes the listener rule ask for tokens, which a shift might take away: use the strategy rolling/,
    ],
  ] as const) {
    it(`fails on ${title}`, () => assert.rejects(service(args as object), message));
  }
});
