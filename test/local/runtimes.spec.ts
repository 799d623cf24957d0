import assert from "node:assert/strict";
import { eventually } from "../eventually.ts";
import { clientsSee, runtimes } from "./clients.ts";

clientsSee("a service on each runtime", runtimes("lambda", "fargate"));

const onePublic = {
  "slipway:services": JSON.stringify({
    patients: { runtime: "fargate" },
    appointments: { runtime: "fargate", public: true },
  }),
  "slipway:domainName": "appointments.example.com",
  "slipway:hostedZoneId": "Z0123456789ABCDEFGHIJ",
};

clientsSee("every service on Fargate, one of them public", onePublic, (lane, token) => {
  it("answers at its own door what it answers through the gateway, to the same tokens", async () => {
    const [door] = lane().doors;
    assert.equal(door!.host, "appointments.example.com");
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${door!.url}${path}`, { headers }).then(({ status }) => status);
    const authorization = `Bearer ${token()}`;
    assert.deepEqual(await Promise.all([ask("/appointments"), ask("/appointments", { authorization })]), [401, 200]);
    // The load balancer's own answer: the service is not even asked.
    assert.equal(await fetch(`${door!.url}/appointments`).then((answer) => answer.text()), "");
    assert.deepEqual(await Promise.all([ask("/health/appointments"), ask("/patients", { authorization })]), [200, 404]);
  });

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
