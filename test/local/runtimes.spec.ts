import assert from "node:assert/strict";
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
    const health = () => fetch(`${lane().url}/health/patients`).then(({ status }) => status);
    process.kill(before.at(-1)!, "SIGKILL");
    const statuses = new Set<number>();
    const replaced = () => !lane().pids().includes(before.at(-1)!) && lane().pids().length === before.length;
    for (const deadline = Date.now() + 10_000; Date.now() < deadline && !replaced();) statuses.add(await health());
    assert.ok(replaced());
    // A request that was with the dead task is lost; whoever asks again is answered.
    assert.ok(statuses.has(200));
    assert.equal(await health(), 200);
  });
});
