import assert from "node:assert/strict";
import { eventually } from "../eventually.ts";
import { readApi } from "../../local/gateway/api.ts";
import { readFunctions } from "../../local/lambda/function-spec.ts";
import { readServices } from "../../local/service/service-spec.ts";
import { recorded, runtimes } from "../recorded.ts";
import { clientsSee } from "./clients.ts";

/** All the local lane reads of the dev stack with the services on these runtimes. */
async function laneOf(patients: string, appointments: string) {
  const { nodes } = await recorded("dev", { config: runtimes(patients, appointments) });
  return { routes: readApi(nodes).routes, functions: readFunctions(nodes), services: readServices(nodes) };
}

describe("a service on each runtime", () => {
  it("is what it is where both have its runtime: the lanes of one runtime speak for it", async () => {
    const mixed = await laneOf("lambda", "fargate");
    const [onLambda, onFargate] = [await laneOf("lambda", "lambda"), await laneOf("fargate", "fargate")];
    const ofPatients = ({ path }: { path: string }) => path.split("/").includes("patients");
    const expected = onLambda.routes.map((route, at) => (ofPatients(route) ? route : onFargate.routes[at]));
    assert.deepEqual(mixed.routes, expected);
    assert.deepEqual(
      mixed.functions,
      onLambda.functions.filter(({ functionName }) => !functionName.endsWith("-appointments")),
    );
    assert.deepEqual(
      mixed.services,
      onFargate.services.filter(({ serviceName }) => serviceName.endsWith("-appointments")),
    );
    assert.deepEqual([mixed.functions.length, mixed.services.length], [2, 1]);
  });
});

const onePublic = {
  "slipway:services": JSON.stringify({
    patients: { runtime: "fargate", strategy: "steps" },
    appointments: { runtime: "fargate", public: true },
  }),
  "slipway:domainName": "appointments.example.com",
  "slipway:hostedZoneId": "Z0123456789ABCDEFGHIJ",
};

clientsSee("every service on Fargate, one in two slots and one public", onePublic, (lane, token) => {
  it("runs of two slots the one with the traffic alone", () => {
    assert.deepEqual(lane().services(), ["slipway-dev-patients-blue", "slipway-dev-appointments-door"]);
  });

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
    const health = (service: string) => fetch(`${lane().url}/health/${service}`).then(({ status }) => status);
    process.kill(killed, "SIGKILL");
    await eventually(() => !lane().pids().includes(killed));
    assert.equal(lane().pids().length, before.length - 1, "its place is empty still");
    // Whichever of the two has lost a task: the load balancer knows, and no request goes there. Fewer than the API lets through at once.
    const statuses: number[] = [];
    for (let request = 1; request <= 10; request++)
      statuses.push(await health("patients"), await health("appointments"));
    assert.deepEqual([...new Set(statuses)], [200], statuses.join());
    await eventually(() => lane().pids().length === before.length);
    assert.equal(await health("patients"), 200);
  });
});
