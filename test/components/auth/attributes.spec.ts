import assert from "node:assert/strict";
import fc from "fast-check";
import { clientAttributes, poolSchema, type Attribute } from "../../../components/auth/attributes.ts";

const text = (more: Partial<Attribute> = {}): Attribute => ({ name: "clinic", type: "String", ...more });

describe("poolSchema", () => {
  it("always has the e-mail address, required and with its bounds", () => {
    assert.deepEqual(poolSchema([]), [
      {
        name: "email",
        attributeDataType: "String",
        required: true,
        mutable: true,
        developerOnlyAttribute: false,
        stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
      },
    ]);
  });

  it("writes out the bounds of every text and number", () => {
    const [, clinic, age] = poolSchema([text({ maximum: 40 }), { name: "age", type: "Number", minimum: 1 }]);
    assert.deepEqual(clinic?.stringAttributeConstraints, { minLength: "0", maxLength: "40" });
    assert.deepEqual(age?.numberAttributeConstraints, { minValue: "1", maxValue: "2147483647" });
  });

  it("writes the bounds of standard attributes as every pool has them", () => {
    const [, birthdate, updated] = poolSchema([text({ name: "birthdate" }), { name: "updated_at", type: "Number" }]);
    assert.deepEqual(birthdate?.stringAttributeConstraints, { minLength: "10", maxLength: "10" });
    assert.deepEqual(updated?.numberAttributeConstraints, { minValue: "0" });
  });

  it("has no bounds for dates and switches", () => {
    const [, since] = poolSchema([{ name: "since", type: "DateTime" }]);
    assert.deepEqual([since?.stringAttributeConstraints, since?.numberAttributeConstraints], [undefined, undefined]);
  });

  it("only grows at the end when attributes are added", () => {
    const name = fc.stringMatching(/^[a-z]{3,20}$/).filter((n) => n !== "email");
    const lists = fc.uniqueArray(name, { maxLength: 20 }).map((names) => names.map((n) => text({ name: n })));
    fc.assert(
      fc.property(lists, fc.nat(20), (all, kept) => {
        assert.deepEqual(poolSchema(all).slice(0, Math.min(kept, all.length) + 1), poolSchema(all.slice(0, kept)));
      }),
    );
  });

  it("takes a required standard attribute", () => {
    assert.equal(poolSchema([text({ name: "given_name", required: true })])[1]?.required, true);
  });

  for (const [wrong, attributes, message] of [
    [
      "a required custom attribute",
      [text({ required: true })],
      /attribute "clinic" is custom and required: leave required out/,
    ],
    ["a second e-mail address", [text({ name: "email" })], /attribute "email" is given twice: remove one/],
    [
      "a standard attribute of another type",
      [{ name: "birthdate", type: "DateTime" }],
      /attribute "birthdate" is of type String in every pool, got DateTime: change the type/,
    ],
    ["a name that is too long", [text({ name: "x".repeat(21) })], /attribute "x{21}" must have a name of 1 to 20/],
    ["a name with a prefix", [text({ name: "custom:clinic" })], /attribute "custom:clinic" must have a name/],
    ["bounds the wrong way round", [text({ minimum: 9, maximum: 3 })], /minimum 9 above maximum 3: swap them/],
    ["bounds of a date", [{ name: "since", type: "DateTime", maximum: 3 }], /type DateTime has bounds: leave minimum/],
    [
      "too many",
      Array.from({ length: 51 }, (_, i) => text({ name: `a${i}` })),
      /attributes holds 51 custom ones, a pool takes 50/,
    ],
  ] as [string, Attribute[], RegExp][]) {
    it(`fails on ${wrong}`, () => {
      assert.throws(() => poolSchema(attributes), message);
    });
  }
});

describe("clientAttributes", () => {
  it("lets users write only what they are told to", () => {
    const attributes = [
      text(),
      text({ name: "given_name", userWritable: true }),
      text({ name: "locale", required: true }),
    ];
    assert.deepEqual(clientAttributes(attributes), {
      readAttributes: ["email", "custom:clinic", "given_name", "locale", "email_verified"],
      writeAttributes: ["email", "given_name", "locale"],
    });
  });
});
