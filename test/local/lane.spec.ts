import assert from "node:assert/strict";
import { eventually } from "../eventually.ts";
import { clientsSee } from "./clients.ts";

const alarm = "slipway-dev-patients-new-server-errors";

clientsSee("local lane", undefined, (lane, token) => {
  it("takes a new version off the traffic when its requests fail", async () => {
    const { rollouts, url } = lane();
    const headers = { authorization: `Bearer ${token()}` };
    const list = async () => (await fetch(`${url}/patients?limit=1`, { headers })).status;
    const functionName = "slipway-dev-patients";
    // It passes its health check, and the tables of the service are not there.
    const to = rollouts.publish(functionName, { DATABASE_NAME: "postgres" });
    const statuses = new Set([await list()]);
    const fires = () => rollouts.alarms.states([alarm]).some(({ state }) => state === "ALARM");
    // As many failures at once as the alarm needs in a minute, until there is such a minute, however slow the machine is.
    const failures = async () => {
      // The dev stack lets 50 requests a second through.
      await new Promise((resolve) => setTimeout(resolve, 80));
      const seen = await Promise.all([list(), list(), list()]);
      for (const status of seen) statuses.add(status);
      return !seen.includes(500) || fires();
    };
    const beforeLook = () => eventually(failures);
    assert.deepEqual(await rollouts.shift(functionName, to, { beforeLook }), {
      status: "FAILED",
      error: "AlarmFired",
      cause: `${alarm} fired at 100 per cent on version 2`,
    });
    assert.deepEqual([...statuses].sort(), [200, 500]);
    assert.equal(await list(), 200);
  });
});
