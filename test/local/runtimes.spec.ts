import assert from "node:assert/strict";
import { eventually } from "../eventually.ts";
import { clientsSee, runtimes } from "./clients.ts";

clientsSee("a service on each runtime, the second in two slots", runtimes("lambda", "fargate", "steps"), (lane) => {
  it("runs the slot with the traffic alone", async () => {
    assert.equal((await fetch(`${lane().url}/health/appointments`)).status, 200);
    assert.deepEqual(lane().services(), ["slipway-dev-appointments-blue"]);
  });
});

clientsSee("every service on Fargate", runtimes("fargate", "fargate"), (lane) => {
  it("goes on when a task is killed", async () => {
    const before = lane().pids();
    const killed = before.at(-1)!;
    const health = () => fetch(`${lane().url}/health/patients`).then(({ status }) => status);
    process.kill(killed, "SIGKILL");
    // Fewer requests than the API lets through at once. The one that was with the dead task is lost; who asks again is answered.
    const statuses = new Set<number>();
    for (let request = 1; request <= 20; request++) statuses.add(await health());
    assert.ok(statuses.has(200));
    await eventually(() => !lane().pids().includes(killed) && lane().pids().length === before.length);
    assert.equal(await health(), 200);
  });
});
