import assert from "node:assert/strict";
import fc from "fast-check";
import { parameterName, physicalName } from "../../components/names.ts";
import { place } from "./place.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const word = fc
  .tuple(fc.constantFrom(...letters), fc.string({ unit: fc.constantFrom(...letters, ..."0123456789"), maxLength: 8 }))
  .map(([first, rest]) => first + rest);
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("-"));
const places = fc.record({ project: words, stack: words }).map((names) => ({ ...place, ...names }));

describe("physicalName", () => {
  it("joins project, stack and part", () => {
    assert.equal(physicalName(place, "patients"), "slipway-test-patients");
  });

  it("gives a name every service takes, within the limit, or none", () => {
    fc.assert(
      fc.property(places, words, fc.integer({ min: 20, max: 80 }), (where, part, limit) => {
        const wanted = `${where.project}-${where.stack}-${part}`;
        if (wanted.length > limit) {
          assert.throws(() => physicalName(where, part, limit), /characters, the service allows/);
          return;
        }
        const name = physicalName(where, part, limit);
        assert.equal(name, wanted);
        assert.match(name, /^[a-z][a-z0-9-]*[a-z0-9]$/);
        assert.doesNotMatch(name, /--/);
      }),
    );
  });

  it("gives two parts of a stack two names", () => {
    fc.assert(
      fc.property(places, words, words, (where, one, other) => {
        fc.pre(one !== other);
        assert.notEqual(physicalName(where, one, 200), physicalName(where, other, 200));
      }),
    );
  });

  it("refuses every part that is no row of lower-case words", () => {
    fc.assert(
      fc.property(fc.string(), (part) => {
        fc.pre(!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part));
        assert.throws(() => physicalName(place, part), /must be lower-case words joined by single hyphens/);
      }),
    );
  });

  it("allows 63 characters unless told otherwise", () => {
    const rest = 63 - "slipway-test-".length;
    assert.equal(physicalName(place, "p".repeat(rest)).length, 63);
    assert.throws(() => physicalName(place, "p".repeat(rest + 1)), {
      message: `name "slipway-test-${"p".repeat(51)}" has 64 characters, the service allows 63: shorten the project, the stack or "${"p".repeat(51)}"`,
    });
  });

  for (const [why, where, part] of [
    ["capitals", place, "Patients"],
    ["a project that begins with a digit", { ...place, project: "1st" }, "patients"],
    ["two hyphens in a row", place, "a--b"],
    ["an underscore", { ...place, stack: "my_stack" }, "patients"],
    ["an empty part", place, ""],
  ] as const) {
    it(`fails on ${why}, naming what to rename`, () => {
      assert.throws(() => physicalName(where, part), {
        message: `name "${where.project}-${where.stack}-${part}" must be lower-case words joined by single hyphens: rename the project, the stack or "${part}"`,
      });
    });
  }
});

describe("parameterName", () => {
  it("is a path below project and stack", () => {
    assert.equal(parameterName(place, "image/patients"), "/slipway/test/image/patients");
  });
});
