import assert from "node:assert/strict";
import { inputsOf } from "../../local/graph.ts";
import { recordStack } from "../../local/stack.ts";
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

describe("the promoted image", () => {
  it("fails where none is promoted, with what to do", async () => {
    const answers = {
      "aws:ssm/getParameter:getParameter": () => {
        // As the engine puts it.
        throw Object.assign(new Error(), { details: "couldn't find resource" });
      },
    };
    await assert.rejects(
      recordStack("staging", { answers }),
      /^Error: image is promoted, but the parameter \/slipway\/staging\/image cannot be read: promote an image first, or set image to build or to <repository>@sha256:<digest>\. AWS says: couldn't find resource$/,
    );
  });
});
