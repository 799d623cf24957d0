import assert from "node:assert/strict";
import fc from "fast-check";
import { accepted, TargetHealth } from "../../../local/service/target-health.ts";

const spec = { healthyThreshold: 3, unhealthyThreshold: 2 };
const after = (checks: boolean[]) => {
  const health = new TargetHealth(spec);
  checks.forEach((passed) => health.checked(passed));
  return health.state;
};

describe("TargetHealth", () => {
  for (const [title, checks, state] of [
    ["nothing before it is asked", [], "initial"],
    ["healthy at its first success", [true], "healthy"],
    ["healthy through one failure", [true, false], "healthy"],
    ["unhealthy at two failures in a row", [true, false, false], "unhealthy"],
    ["healthy where a success stands between failures", [true, false, true, false], "healthy"],
    ["unhealthy through two successes", [true, false, false, true, true], "unhealthy"],
    ["healthy again at three in a row", [true, false, false, true, true, true], "healthy"],
    ["unhealthy when it never passed", [false, false], "unhealthy"],
  ] as [string, boolean[], string][]) {
    it(`calls a target ${title}`, () => assert.equal(after(checks), state));
  }

  it("never changes its mind without as many checks in a row as it was told", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (checks) => {
        const health = new TargetHealth(spec);
        let last = health.state;
        checks.forEach((passed, index) => {
          health.checked(passed);
          if (health.state !== last && last !== "initial") {
            const needed = passed ? 3 : 2;
            assert.ok(checks.slice(index + 1 - needed, index + 1).every((one) => one === passed));
          }
          last = health.state;
        });
      }),
    );
  });
});

describe("a matcher", () => {
  for (const [matcher, status, fits] of [
    ["200", 200, true],
    ["200", 204, false],
    ["200,204", 204, true],
    ["200-299", 204, true],
    ["200-299", 301, false],
  ] as const) {
    it(`${matcher} ${fits ? "takes" : "leaves"} ${status}`, () => assert.equal(accepted(matcher, status), fits));
  }
});
