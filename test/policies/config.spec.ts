import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { catalogue } from "../../policies/catalogue.ts";
import { packConfig } from "../../policies/config.ts";
import { levelOf, optionsOf } from "../../policies/rule.ts";

const levels = ["mandatory", "advisory", "disabled"];
const schema = {
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(
    catalogue.map((rule) => [
      rule.id,
      {
        oneOf: [
          { enum: levels },
          {
            type: "object",
            additionalProperties: false,
            properties: { enforcementLevel: { enum: levels }, ...optionsOf(rule) },
          },
        ],
      },
    ]),
  ),
};

describe("the pack's configuration", () => {
  for (const stack of ["dev", "staging", "prod"]) {
    it(`of ${stack} names only rules, levels and options there are`, () => {
      const validate = new Ajv({ strict: false }).compile(schema);
      assert.ok(validate(packConfig(stack)), JSON.stringify(validate.errors));
    });
  }

  it("of dev sets every level that tier dev does not share with tier prod, and no other", () => {
    const differing = catalogue.filter((rule) => levelOf(rule, "dev") !== levelOf(rule, "prod"));
    const expected = Object.fromEntries(differing.map((rule) => [rule.id, levelOf(rule, "dev")]));
    const set = Object.entries(packConfig("dev") ?? {}).flatMap(([id, own]) => {
      const level = typeof own === "string" ? own : own.enforcementLevel;
      return level ? [[id, level]] : [];
    });
    assert.deepEqual(Object.fromEntries(set), expected);
  });

  it("of any other stack is left to the tier", () => assert.equal(packConfig("review-42"), undefined));
});
