import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { sandboxes } from "./sandbox.ts";

interface Told {
  olds: unknown;
  news: unknown;
}

/** A topic whose updates wait for a hook. */
const guarded = (displayName: string, guard: (told: Told) => void) => async () => {
  const beforeUpdate = new pulumi.ResourceHook("guard", ({ oldInputs, newInputs }) => {
    guard({ olds: oldInputs?.displayName, news: newInputs?.displayName });
  });
  new sns.Topic("alerts", { displayName }, { hooks: { beforeUpdate: [beforeUpdate] } });
};

const refuse = () => {
  throw new Error("rolled back at 50 %");
};

describe("a beforeUpdate hook", () => {
  const lane = sandboxes();

  it("sees old and new inputs once per update, and not at creation or preview", async () => {
    const seen: Told[] = [];
    const note = (told: Told) => void seen.push(told);
    const stack = await lane.box.stack("dev", guarded("one", note));
    await stack.up();
    stack.workspace.program = guarded("two", note);
    await stack.preview();
    assert.deepEqual(seen, []);

    await stack.up();
    assert.deepEqual(seen, [{ olds: "one", news: "two" }]);
  });

  it("fails the update when it throws, and the state keeps the old inputs until one passes", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack(
      "dev",
      guarded("one", () => undefined),
    );
    await stack.up();
    cloud.drain();

    stack.workspace.program = guarded("two", refuse);
    await assert.rejects(stack.up(), /rolled back at 50 %/);
    assert.deepEqual(cloud.drain(), []);
    const { deployment } = await stack.exportStack();
    const topic = deployment.resources.find(({ type }: { type: string }) => type === "aws:sns/topic:Topic");
    assert.equal(topic.inputs.displayName, "one");

    stack.workspace.program = guarded("two", () => undefined);
    await stack.up();
    assert.deepEqual(cloud.drain(), ["update aws:sns/topic:Topic alerts"]);
  });
});
