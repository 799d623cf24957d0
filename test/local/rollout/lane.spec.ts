import assert from "node:assert/strict";
import { accessToken } from "../../../local/access-token.ts";
import { startLane, type Lane } from "../../../local/lane.ts";

describe("a rollout in the local lane", () => {
  let lane: Lane;
  before(async () => void (lane = await startLane({ port: 0, minuteMillis: 400 })));
  after(() => lane.stop());

  it("takes a new version off the traffic when its requests fail", async () => {
    const headers = { authorization: `Bearer ${await accessToken(lane.identity)}` };
    const status = async () => (await fetch(`${lane.url}/patients?limit=1`, { headers })).status;
    assert.equal(await status(), 200);

    // It passes its health check, and may not touch the tables of the service.
    const functionName = "slipway-dev-patients";
    const to = lane.rollouts.publish(functionName, { DATABASE_USER: "slipway-dev-appointments" });
    const statuses = new Set<number>();
    const shift = lane.rollouts.shift(functionName, to);
    let over = false;
    void shift.finally(() => (over = true));
    while (!over) statuses.add(await status());
    assert.deepEqual(await shift, {
      status: "FAILED",
      error: "AlarmFired",
      cause: "slipway-dev-patients-new-server-errors fired at 100 per cent on version 2",
    });
    assert.deepEqual([...statuses].sort(), [200, 500]);
    assert.equal(await status(), 200);
  });
});
