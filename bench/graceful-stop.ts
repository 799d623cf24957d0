import { startClinic } from "./clinic.ts";
import { load } from "./load.ts";
import { startServer } from "./server-process.ts";

// The patients service is stopped again and again in the middle of load, over connections that stay open as a load balancer's do. Lost is
// what was sent to a task before it stopped listening and got no answer; a refused connection is one the load balancer takes elsewhere.
const stops = Number(process.env.STOPS ?? 5);
const clinic = await startClinic();
const headers = { authorization: `Bearer ${clinic.token}` };
let [answered, lost] = [0, 0];
try {
  for (let stop = 0; stop < stops; stop++) {
    const environment = { SERVICE: "patients", DATABASE_URL: clinic.databaseUrl, ...clinic.environment };
    const server = await startServer("app/hosts/server.ts", environment);
    const begun = { over: false };
    const asking = load(
      { url: `${server.url}/patients/${clinic.patientId}`, headers, connections: 16 },
      () => begun.over,
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    // As ECS does it: no new requests once the task is on its way out, those under way are answered.
    begun.over = true;
    await server.stop();
    const served = await asking;
    answered += served.answered;
    lost += served.lost;
  }
  console.log(`graceful stop under load: ${stops} stops, ${answered} requests answered, ${lost} lost`);
  process.exitCode = lost === 0 ? 0 : 1;
} finally {
  await clinic.stop();
}
