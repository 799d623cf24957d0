import { startClinic } from "./clinic.ts";
import { buildImage } from "./image.ts";
import { load, type Served } from "./load.ts";
import { startServer } from "./server-process.ts";

// The patients service is stopped again and again in the middle of load, over connections that stay open as a load balancer's do, and
// by clients that go on asking until a new connection is refused: more than a balancer does, which sends nothing more to a task on
// its way out. Each request that was sent on a connection is counted, and so is each line about a request in the service's log.
const stops = Number(process.env.STOPS ?? 10);
const [clinic, image] = [await startClinic(), await buildImage()];
const headers = { authorization: `Bearer ${clinic.token}` };
const environment = { SERVICE: "patients", DATABASE_URL: clinic.databaseUrl, ...clinic.environment };
const total: Served = { sent: 0, answered: 0, lost: 0, refused: 0 };
let [logged, slowest] = [0, 0];
try {
  for (let stop = 0; stop < stops; stop++) {
    const server = await startServer({ module: image.server, environment });
    const target = { url: `${server.url}/patients/${clinic.patientId}`, headers, connections: 16 };
    const asking = load(target, () => false);
    await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 500));
    slowest = Math.max(slowest, await server.stop());
    const served = await asking;
    for (const kind of Object.keys(total) as (keyof Served)[]) total[kind] += served[kind];
    logged += server.logged();
  }
} finally {
  await Promise.all([clinic.stop(), image.remove()]);
}
console.log(`graceful stop under load: ${stops} stops, the slowest in ${slowest.toFixed(0)} ms
  ${total.sent} requests sent, ${total.answered} answered, ${total.lost} lost; ${logged} lines about them in the log`);
if (total.lost > 0 || total.answered !== total.sent || logged !== total.answered) process.exitCode = 1;
