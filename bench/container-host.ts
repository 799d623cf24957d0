import { startClinic } from "./clinic.ts";
import { after, load } from "./load.ts";
import { startServer, type ServerProcess } from "./server-process.ts";

// The patients service as a container runs it, beside the bare framework on the same route and the same database. What counts is requests
// per second of processor time: on a laptop that also runs the database and the client, wall time says how busy the laptop is.
const rounds = Number(process.env.ROUNDS ?? 4);
const secondsPerRound = Number(process.env.SECONDS ?? 5);
const secondsOfLoad = Number(process.env.SOAK_SECONDS ?? 60);

const clinic = await startClinic();
const database = { DATABASE_URL: clinic.databaseUrl };
const service = await startServer("app/hosts/server.ts", { SERVICE: "patients", ...database, ...clinic.environment });
const bare = await startServer("bench/bare-server.ts", database);
try {
  const rates = { service: [] as number[], bare: [] as number[] };
  await measured(service, 2);
  await measured(bare, 2);
  for (let round = 0; round < rounds; round++) {
    rates.bare.push(await measured(bare, secondsPerRound));
    rates.service.push(await measured(service, secondsPerRound));
  }
  const [ours, theirs] = [median(rates.service), median(rates.bare)];
  console.log(`requests per second of one core: service ${ours.toFixed(0)}, bare framework ${theirs.toFixed(0)}`);
  console.log(`ratio ${(ours / theirs).toFixed(2)} (medians of ${rounds} rounds of ${secondsPerRound} s)`);
  await soak();
} finally {
  await Promise.all([service.stop(), bare.stop()]);
  await clinic.stop();
}

async function measured(server: ServerProcess, seconds: number): Promise<number> {
  const before = await server.cpuSeconds();
  const { answered, lost } = await load(target(server), after(seconds));
  if (lost > 0) throw new Error(`${lost} requests were lost`);
  return answered / ((await server.cpuSeconds()) - before);
}

/** Memory under a minute of load: the second half may not need more than the first. */
async function soak(): Promise<void> {
  const sizes: number[] = [];
  for (let part = 0; part < 6; part++) {
    await load(target(service), after(secondsOfLoad / 6));
    sizes.push(Math.round(await service.residentMiB()));
  }
  console.log(`memory under ${secondsOfLoad} s of load, MiB: ${sizes.join(", ")}`);
}

function target({ url }: ServerProcess) {
  const headers = { authorization: `Bearer ${clinic.token}` };
  return { url: `${url}/patients/${clinic.patientId}`, headers, connections: 16 };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
}
