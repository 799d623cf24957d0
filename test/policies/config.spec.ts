import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { catalogue } from "../../policies/catalogue.ts";
import { packConfig, tierIn } from "../../policies/config.ts";
import { levelOf, optionsOf, type Tier } from "../../policies/rule.ts";

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
  for (const tier of ["dev", "prod"] as const) {
    it(`of ${tier} names only rules, levels and options there are`, () => {
      const validate = new Ajv({ strict: false }).compile(schema);
      assert.ok(validate(packConfig(tier, tier)), JSON.stringify(validate.errors));
    });

    it(`of ${tier} repeats no level that the tier gives a rule anyway`, () => {
      const repeated = catalogue.filter((rule) => {
        const own = packConfig(tier, tier)[rule.id];
        return levelOf(rule, tier) === (typeof own === "object" ? own.enforcementLevel : own);
      });
      assert.deepEqual(repeated, []);
    });
  }

  it("of a stack without a file of its own is that of its tier", () => {
    const told = (stack: string, tier: Tier) =>
      JSON.stringify(packConfig(stack, tier)).replaceAll(`"${stack}"`, '"its own"');
    assert.equal(told("review-42", "dev"), told("dev", "dev"));
    assert.equal(told("staging", "prod"), told("prod", "prod"));
  });

  it("tells the rules that ask for it which stack they judge", () => {
    const { "iam-no-new-access": compared, "iam-proof": proved } = packConfig("review-42", "dev");
    assert.deepEqual([compared, proved], [{ stack: "review-42" }, { stack: "review-42" }]);
  });
});

describe("the tier of a stack", () => {
  for (const [configuration, tier] of [
    ['{"slipway:tier":"dev"}', "dev"],
    ['{"another-project:tier":"dev","aws:region":"eu-west-1"}', "dev"],
    ['{"slipway:tier":"prod"}', "prod"],
    ['{"slipway:tier":"unheard-of"}', "prod"],
    ["{}", "prod"],
    [undefined, "prod"],
  ] as const) {
    it(`with ${configuration ?? "no configuration"} is ${tier}`, () => assert.equal(tierIn(configuration), tier));
  }
});
