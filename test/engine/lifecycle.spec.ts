import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns/index.js";
import { functionParts, oneFunction, steps } from "./program.ts";
import { sandboxes } from "./sandbox.ts";

const made = functionParts.map((part) => `create ${part}`);

describe("a stack on the real engine", () => {
  const lane = sandboxes();

  it("shows at preview exactly what the update then makes", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    const previewed = steps();
    await stack.preview({ onEvent: previewed.onEvent });
    assert.deepEqual(lane.box.cloud.drain(), []);

    const updated = steps();
    await stack.up({ onEvent: updated.onEvent });
    assert.deepEqual(previewed.lines(), [...made, "create slipway:index:ContainerFunction patients"]);
    assert.deepEqual(updated.lines(), previewed.lines());
    assert.deepEqual(lane.box.cloud.drain(), made);
  });

  it("changes nothing on a second up, a preview or a refresh", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    lane.box.cloud.drain();

    await stack.preview({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    assert.deepEqual(lane.box.cloud.drain(), []);
  });

  it("touches only what one setting reaches", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    lane.box.cloud.drain();

    stack.workspace.program = oneFunction({ memoryMiB: 1024 });
    await stack.up();
    // The function publishes a version, so the alias that points at it moves along.
    assert.deepEqual(lane.box.cloud.drain(), [
      "update aws:lambda/alias:Alias patients-live",
      "update aws:lambda/function:Function patients-function",
    ]);
    const [alias] = lane.box.cloud.ofType("aws:lambda/alias:Alias");
    assert.equal(alias?.state.functionVersion, "2");
  });

  it("replaces what cannot change in place, and what hangs on it", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    lane.box.cloud.drain();

    stack.workspace.program = oneFunction({ part: "people" });
    await stack.up();
    const names = lane.box.cloud.ofType("aws:lambda/function:Function").map(({ id }) => id);
    assert.deepEqual(names, ["slipway-dev-people"]);
    assert.deepEqual(lane.box.cloud.drain(), [
      "create aws:cloudwatch/logGroup:LogGroup patients-logs",
      "create aws:lambda/alias:Alias patients-live",
      "create aws:lambda/function:Function patients-function",
      "delete aws:cloudwatch/logGroup:LogGroup patients-logs",
      "delete aws:lambda/alias:Alias patients-live",
      "delete aws:lambda/function:Function patients-function",
      "update aws:iam/rolePolicy:RolePolicy patients-grant",
    ]);
  });

  it("finds on refresh what was changed by hand, and puts it back", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    lane.box.cloud.drain();
    const [changed] = lane.box.cloud.ofType("aws:lambda/function:Function");
    changed!.state = { ...changed!.state, memorySize: 128 };

    await assert.rejects(stack.refresh({ expectNoChanges: true }), /changes/);
    const repaired = steps();
    await stack.up({ onEvent: repaired.onEvent });
    assert.deepEqual(repaired.lines(), [
      "update aws:lambda/alias:Alias patients-live",
      "update aws:lambda/function:Function patients-function",
    ]);
    assert.equal(changed!.state.memorySize, 512);
  });

  it("makes again what was deleted by hand", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    lane.box.cloud.drain();
    const [lost] = lane.box.cloud.ofType("aws:cloudwatch/logGroup:LogGroup");
    lane.box.cloud.things.delete(`${lost!.type} ${lost!.id}`);

    await stack.up({ refresh: true });
    assert.deepEqual(lane.box.cloud.drain(), ["create aws:cloudwatch/logGroup:LogGroup patients-logs"]);
  });

  it("leaves nothing behind on destroy", async () => {
    const stack = await lane.box.stack("dev", oneFunction());
    await stack.up();
    await stack.destroy();
    assert.deepEqual([...lane.box.cloud.things.keys()], []);
  });

  it("fails to destroy what is protected, and keeps it", async () => {
    const stack = await lane.box.stack("dev", async () => void new sns.Topic("alerts", {}, { protect: true }));
    await stack.up();
    await assert.rejects(stack.destroy(), /protect/);
    assert.equal(lane.box.cloud.ofType("aws:sns/topic:Topic").length, 1);
  });
});
