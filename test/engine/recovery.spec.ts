import assert from "node:assert/strict";
import { failing } from "./cloud.ts";
import { functionParts, oneFunction } from "./program.ts";
import { sandboxes } from "./sandbox.ts";

const functionType = "aws:lambda/function:Function";

describe("an update that fails in the middle", () => {
  const lane = sandboxes();

  it("is completed by the next up without duplicates", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", oneFunction());
    cloud.before = failing("create", functionType, 1, "the account may not run functions");
    await assert.rejects(stack.up(), /the account may not run functions/);
    assert.equal(cloud.ofType(functionType).length, 0);
    assert.equal(cloud.ofType("aws:iam/role:Role").length, 1);

    await stack.up();
    assert.deepEqual(
      cloud.drain(),
      functionParts.map((part) => `create ${part}`),
    );
    await stack.up({ expectNoChanges: true });
  });

  it("keeps the old inputs of what could not be updated, so the next up tries again", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    cloud.drain();

    stack.workspace.program = oneFunction({ memoryMiB: 1024 });
    cloud.before = failing("update", functionType, 1, "too many requests");
    await assert.rejects(stack.up(), /too many requests/);
    assert.deepEqual(cloud.drain(), []);

    await stack.up();
    assert.deepEqual(cloud.drain(), [
      "update aws:lambda/alias:Alias patients-live",
      `update ${functionType} patients-function`,
    ]);
  });

  it("removes on the next up what a failed replacement left", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();

    stack.workspace.program = oneFunction({ part: "people" });
    cloud.before = failing("delete", functionType, 1, "the function is in use");
    await assert.rejects(stack.up(), /the function is in use/);
    assert.equal(cloud.ofType(functionType).length, 2);

    await stack.up();
    assert.deepEqual(
      cloud.ofType(functionType).map(({ id }) => id),
      ["slipway-dev-people"],
    );
  });

  it("names what exists already when the answer to a creation was lost", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", oneFunction());
    cloud.after = failing("create", functionType, 1, "connection reset");
    await assert.rejects(stack.up(), /connection reset/);

    // The engine never heard of the function, so only its chosen name keeps a second one from being made.
    await assert.rejects(stack.up(), /Function with name "slipway-dev-patients" exists already/);
    assert.equal(cloud.ofType(functionType).length, 1);
  });
});
