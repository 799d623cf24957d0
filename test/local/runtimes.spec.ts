import assert from "node:assert/strict";
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
