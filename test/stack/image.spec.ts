import assert from "node:assert/strict";
import { inputsOf } from "../../local/graph.ts";
import { recorded } from "../recorded.ts";

describe("the stack's repositories", () => {
  for (const [stack, names] of [
    ["dev", ["slipway-dev-app", "slipway-dev-app-cache"]],
    ["staging", ["slipway-staging-app"]],
  ] as const) {
    it(`are ${names.join(" and ")} in ${stack}`, async () => {
      const { nodes } = await recorded(stack);
      assert.deepEqual(
        inputsOf(nodes, "aws:ecr/repository:Repository")
          .map(({ name }) => name)
          .sort(),
        names,
      );
    });
  }
});
