import assert from "node:assert/strict";
import { unknownValue } from "../../local/graph.ts";
import { judge } from "../../policies/judge.ts";
import type { ResourceRule } from "../../policies/rule.ts";
import { resource } from "./laws.ts";

const rule: ResourceRule = {
  id: "thing-require-size",
  topic: "cost",
  holds: "a thing is small",
  why: "Large things cost more.",
  fix: "make it smaller",
  source: "this spec",
  severity: "low",
  level: { dev: "advisory", prod: "mandatory" },
  options: { max: { type: "integer", default: 10, description: "Largest size." } },
  types: ["a:b/thing:Thing"],
  *check({ props }, { max }) {
    if (props.size === "crash") throw new TypeError("the password is hunter2");
    if (Number(props.size) > Number(max)) yield `size is ${String(props.size)}`;
  },
};
const things = [
  resource("a:b/thing:Thing", { size: 11 }, { name: "big" }),
  resource("a:b/thing:Thing", { size: 1 }, { name: "small" }),
];
const judged = (options: object, of = things) =>
  judge(of, { rules: [rule], today: "2026-01-15", waivers: [], ...options });

describe("the judge", () => {
  it("says what was found, where, at which level, and what to do", () => {
    assert.deepEqual(judged({}), [
      {
        rule: rule.id,
        level: "mandatory",
        resource: "big",
        message: "size is 11: make it smaller",
        decided: true,
        severity: "low",
      },
    ]);
  });

  for (const [title, options, levels] of [
    ["its tier", { tier: "dev" }, ["advisory"]],
    ["the configuration, over the tier", { tier: "dev", config: { [rule.id]: "mandatory" } }, ["mandatory"]],
    [
      "a level beside options",
      { config: { [rule.id]: { enforcementLevel: "advisory", max: 0 } } },
      ["advisory", "advisory"],
    ],
    ["the configuration for all", { config: { all: "advisory" } }, ["advisory"]],
    ["its own configuration over that for all", { config: { all: "disabled", [rule.id]: "mandatory" } }, ["mandatory"]],
    ["nothing when it is disabled", { config: { [rule.id]: "disabled" } }, []],
  ] as [string, object, string[]][]) {
    it(`takes the level from ${title}`, () =>
      assert.deepEqual(
        judged(options).map(({ level }) => level),
        levels,
      ));
  }

  it("puts mandatory findings first, then goes by resource", () => {
    const other = {
      ...rule,
      id: "thing-allow-nothing",
      level: "advisory" as const,
      *check() {
        yield "it is there";
      },
    };
    const said = judge(things, { rules: [other, rule], waivers: [] }).map(
      ({ level, resource }) => `${level} ${resource}`,
    );
    assert.deepEqual(said, ["mandatory big", "advisory big", "advisory small"]);
  });

  it("leaves out what is waived", () => {
    const waiver = {
      rule: rule.id,
      resource: "big",
      reason: "it will shrink next month",
      owner: "platform",
      expires: "2026-02-01",
    };
    assert.deepEqual(judged({ waivers: [waiver] }), []);
  });

  it("turns a fault in a rule into a finding that does not quote the error", () => {
    const [finding] = judged({}, [resource("a:b/thing:Thing", { size: "crash" })]);
    assert.deepEqual([finding?.decided, finding?.level], [false, "advisory"]);
    assert.equal(finding?.message, "cannot tell yet: the rule met a value it does not understand (TypeError)");
  });

  it("reports what is not known yet at the level it is told to", () => {
    const database = [resource("aws:rds/instance:Instance", { publiclyAccessible: unknownValue })];
    const of = (undecided?: string) => {
      const config = {
        all: "disabled",
        "rds-instance-disallow-public-access": { enforcementLevel: "mandatory", ...(undecided && { undecided }) },
      } as const;
      return judge(database, { config, waivers: [] }).map(({ level, decided, message }) => [level, decided, message]);
    };
    const message = "cannot tell yet: publiclyAccessible is not known before the update";
    assert.deepEqual(of(), [["advisory", false, message]]);
    assert.deepEqual(of("mandatory"), [["mandatory", false, message]]);
  });
});
