import assert from "node:assert/strict";
import { Parts } from "../../local/parts.ts";

describe("parts", () => {
  const stopped: string[] = [];
  const part = (name: string) => ({ stop: async () => void stopped.push(name) });
  beforeEach(() => void stopped.splice(0));

  it("are stopped once, the last first", async () => {
    const parts = new Parts();
    await parts.keep(part("database"));
    await parts.keep(Promise.resolve(part("gateway")));
    await Promise.all([parts.stop(), parts.stop()]);
    assert.deepEqual(stopped, ["gateway", "database"]);
  });

  it("are stopped when they come up only after the stop has begun", async () => {
    const parts = new Parts();
    const late = Promise.withResolvers<ReturnType<typeof part>>();
    void parts.keep(late.promise);
    const stopping = parts.stop();
    await assert.rejects(parts.keep(part("never wanted")));
    late.resolve(part("late"));
    await stopping;
    assert.deepEqual(stopped, ["never wanted", "late"]);
  });

  it("are stopped although another never came up", async () => {
    const parts = new Parts();
    await parts.keep(part("database"));
    await assert.rejects(parts.keep(Promise.reject(new Error("no"))));
    await parts.stop();
    assert.deepEqual(stopped, ["database"]);
  });
});
