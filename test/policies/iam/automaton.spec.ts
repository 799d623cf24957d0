import assert from "node:assert/strict";
import fc from "fast-check";
import { isWithin, witness } from "../../../policies/iam/automaton.ts";
import { codes, covers, readGlob } from "../../../policies/iam/glob.ts";

const glob = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 }).map((text) => readGlob(text));

/** Every text of up to six characters over three letters, one of which no pattern names. */
const texts = Array.from({ length: 7 }, (_, length) => every(length)).flat();
function every(length: number): number[][] {
  return length === 0 ? [[]] : every(length - 1).flatMap((text) => codes("abx").map((char) => [...text, char]));
}

describe("isWithin", () => {
  it("agrees with trying every short text, and with a longer one that it finds", () => {
    fc.assert(
      fc.property(glob, glob, (inner, outer) => {
        const isOutside = (text: number[]) => covers(inner.tokens, text) && !covers(outer.tokens, text);
        const outside = texts.some(isOutside);
        if (outside || isWithin(inner, outer)) return assert.equal(isWithin(inner, outer), !outside);
        // The shortest text outside may be a longer one: `aaaaabb` of `aaaaa*`, where `*a?` is the outer pattern.
        const { found } = witness([inner, outer], 1, ([, second]) => second === false);
        assert.ok(found !== undefined && isOutside(codes(found)), found);
      }),
      { numRuns: 300 },
    );
  });

  it("takes a policy variable as one text that nobody knows", () => {
    const home = readGlob("home/${aws:username}/*");
    assert.equal(isWithin(home, readGlob("home/*")), true);
    assert.equal(isWithin(home, readGlob("home/${AWS:UserName}/*")), true);
    assert.equal(isWithin(readGlob("home/bob/*"), home), false);
    assert.equal(isWithin(home, readGlob("home/?/*")), undefined);
  });

  it("reads ${*} and ${?} as the characters", () => {
    assert.equal(isWithin(readGlob("a*"), readGlob("a${*}")), false);
    assert.equal(isWithin(readGlob("a${*}"), readGlob("a*")), true);
  });
});

describe("witness", () => {
  it("finds a text in all of some patterns and in none of others, or there is none", () => {
    fc.assert(
      fc.property(glob, glob, glob, (a, b, c) => {
        const answer = witness([a, b, c], 2, ([, , third]) => third === false);
        const short = texts.find((text) => covers(a.tokens, text) && covers(b.tokens, text) && !covers(c.tokens, text));
        if (answer.found === undefined) assert.deepEqual([answer.undecided, short], [false, undefined]);
        else {
          const found = codes(answer.found);
          assert.deepEqual(
            [a, b, c].map(({ tokens }) => covers(tokens, found)),
            [true, true, false],
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives up on a question that is too large", () => {
    const wide = Array.from({ length: 14 }, (_, at) => readGlob(`*${"a".repeat(at + 1)}b*${"c".repeat(14 - at)}*`));
    // A tenth of the usual budget.
    const answer = witness(wide, wide.length, () => false, { steps: 2_000_000 });
    assert.deepEqual(answer, { found: undefined, undecided: true });
  });
});

describe("covers", () => {
  it("does not blow up on stars", () => {
    // Two to the power of 200 ways to share the letters out: whoever tries them does not come back.
    assert.equal(covers(readGlob("*a".repeat(200) + "b").tokens, codes("a".repeat(2000))), false);
  });
});
