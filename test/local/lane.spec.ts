import assert from "node:assert/strict";
import { clientsSee } from "./clients.ts";

clientsSee("local lane", undefined, (lane, token) => {
  it("takes a new version off the traffic when its requests fail", async () => {
    const { rollouts, url } = lane();
    const list = async () => {
      // The dev stack lets 50 requests a second through.
      await new Promise((resolve) => setTimeout(resolve, 25));
      return (await fetch(`${url}/patients?limit=1`, { headers: { authorization: `Bearer ${token()}` } })).status;
    };
    const functionName = "slipway-dev-patients";
    // It passes its health check, and the tables of the service are not there.
    const to = rollouts.publish(functionName, { DATABASE_NAME: "postgres" });
    const statuses = new Set<number>();
    const shift = rollouts.shift(functionName, to);
    let over = false;
    void shift.finally(() => (over = true));
    while (!over) statuses.add(await list());
    assert.deepEqual(await shift, {
      status: "FAILED",
      error: "AlarmFired",
      cause: "slipway-dev-patients-new-server-errors fired at 100 per cent on version 2",
    });
    assert.deepEqual([...statuses].sort(), [200, 500]);
    assert.equal(await list(), 200);
  });
});
