import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxes, type Run } from "./sandbox.ts";

const passed = (run: Run) => {
  assert.equal(run.code, 0, run.output);
  return run;
};

const instanceType = "aws:rds/instance:Instance";

// What `docs/restore.md` asks for, step by step.
describe("a database that was restored", () => {
  const lane = sandboxes();

  it("is what the state is about once its id stands there, and gets its migrations again", async () => {
    const folder = lane.box.project();
    const pulumi = (...args: string[]) => lane.box.pulumi(folder, ...args);
    const { cloud } = lane.box;
    passed(await pulumi("stack", "init", "dev"));
    passed(await pulumi("up", "--yes", "--skip-preview"));
    cloud.drain();
    const [broken] = cloud.ofType(instanceType);
    const id = "db-RESTORED";
    const restored = { ...broken!, id, state: { ...broken!.state, id, resourceId: id } };
    cloud.things.set(`${instanceType} ${id}`, restored);
    broken!.state = { ...broken!.state, identifier: "slipway-dev-broken" };

    const file = join(folder, "state.json");
    passed(await pulumi("stack", "export", "--file", file));
    writeFileSync(file, readFileSync(file, "utf8").replace(`"id": "${broken!.id}"`, `"id": "${id}"`));
    passed(await pulumi("stack", "import", "--file", file));
    passed(await pulumi("up", "--yes", "--skip-preview", "--refresh"));
    assert.deepEqual(
      cloud.drain().filter((line) => !line.startsWith("delete")),
      ["create aws:lambda/invocation:Invocation migrations-run"],
    );
    passed(await pulumi("up", "--skip-preview", "--yes", "--expect-no-changes"));
  });
});
