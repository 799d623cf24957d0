import assert from "node:assert/strict";
import { readConditions, type Comparison } from "../../../policies/iam/condition.ts";
import { contextsOf } from "../../../policies/iam/contexts.ts";

const read = (operator: string, key: string, value: unknown) =>
  readConditions({ [operator]: { [key]: value } }).comparisons;

/** Whether every request that meets the one meets the other. */
function implied(inner: readonly Comparison[], outer: readonly Comparison[]): boolean | undefined {
  const { some: found } = contextsOf(inner, [outer], { steps: 1_000_000 });
  if (found.every(({ holds }) => holds[0])) return true;
  return found.some(({ holds, sure }) => sure && !holds[0]) ? false : undefined;
}

describe("contextsOf", () => {
  const tag = (operator: string, value: unknown) => read(operator, "aws:ResourceTag/team", value);
  for (const [name, inner, outer, expected] of [
    ["fewer values", tag("StringEquals", "a"), tag("StringEquals", ["a", "b"]), true],
    ["more values", tag("StringEquals", ["a", "b"]), tag("StringEquals", "a"), false],
    ["more values left out", tag("StringNotEquals", ["a", "b"]), tag("StringNotEquals", "a"), true],
    ["a value in a pattern", tag("StringEquals", "ab"), tag("StringLike", "a*"), true],
    ["a star that is a character", tag("StringEquals", "a*"), tag("StringLike", "a?"), true],
    ["a pattern and a value", tag("StringLike", "a*"), tag("StringEquals", "ab"), false],
    ["nothing", [], tag("StringEquals", "a"), false],
    ["a value, if there is one", tag("StringEqualsIfExists", "a"), tag("StringEquals", "a"), false],
    ["a value, and that there is one", tag("StringEquals", "a"), tag("Null", "false"), true],
    [
      "an earlier date",
      read("DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"),
      read("DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"),
      true,
    ],
    [
      "a later date, in seconds",
      read("DateLessThan", "aws:CurrentTime", "9999999999"),
      read("DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"),
      false,
    ],
    [
      "an earlier date, in seconds",
      read("DateLessThan", "aws:CurrentTime", "1767225600"),
      read("DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"),
      true,
    ],
    [
      "fewer ranges left out",
      read("NotIpAddress", "aws:SourceIp", "10.0.0.0/8"),
      read("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.168.0.0/16"]),
      false,
    ],
    [
      "more ranges left out",
      read("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.168.0.0/16"]),
      read("NotIpAddress", "aws:SourceIp", "10.0.0.0/8"),
      true,
    ],
    [
      "another range",
      read("IpAddress", "aws:SourceIp", "10.0.0.0/8"),
      read("IpAddress", "aws:SourceIp", "10.0.0.0/16"),
      false,
    ],
  ] as const) {
    it(`${name}: ${expected}`, () => assert.equal(implied(inner, outer), expected));
  }
});
