import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { startClinic } from "./clinic.ts";
import { startCollector } from "./collector.ts";
import { buildImage } from "./image.ts";
import { after, load, type Load } from "./load.ts";
import { median } from "./measure.ts";
import { type ServerOptions, type ServerProcess, startServer } from "./server-process.ts";
import { soak } from "./soak.ts";

// The patients service as a container runs it, beside the bare framework on the same route, alternately and each alone on the first
// core. Per second of processor time is the measure; the wall's time also tells how busy the machine is otherwise.
const rounds = Number(process.env.ROUNDS ?? 10);
const secondsPerRound = Number(process.env.SECONDS ?? 2);
const secondsOfLoad = Number(process.env.SOAK_SECONDS ?? 60);
/** Least share of the bare framework's rate that the service may reach. */
const promised = 0.8;

console.log(`GET /patients/{patientId}, ${rounds} rounds of ${secondsPerRound} s each, 16 connections
  bare framework: Hono and its adapter for Node, postgres.js; the same statement, body, ETag and Cache-Control as the service
  service: besides, it verifies the token and its scope, validates, logs each request with its ids, counts metrics and traces`);

// The client, and the database it starts, keep off the servers' core.
spawnSync("taskset", ["--all-tasks", "--pid", "--cpu-list", "1-1023", String(process.pid)]);
const [clinic, collector, image] = [await startClinic(), await startCollector(), await buildImage()];
const database = { DATABASE_URL: clinic.databaseUrl };
const environment = {
  SERVICE: "patients",
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  ...database,
  ...clinic.environment,
};
const servers: ServerProcess[] = [];
const service = await started({ module: image.server, environment });
const bare = await started({ module: image.bare, environment: database });
try {
  await sameAnswer();
  const ratio = await compared("traced as X-Ray's default rule picks");
  await compared("every request traced", { "x-amzn-trace-id": `${trace()};Sampled=1` });
  if (ratio < promised) process.exitCode = 1;
  const nodeOptions = ["--expose-gc", "--import", `${import.meta.dirname}/report-memory.ts`];
  const watched = await started({ module: image.server, environment, nodeOptions });
  if (!(await soak(watched, target(watched), secondsOfLoad))) process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  collector.stop();
  await Promise.all([clinic.stop(), image.remove()]);
}

async function started(options: ServerOptions): Promise<ServerProcess> {
  const server = await startServer(options);
  servers.push(server);
  return server;
}

/** Fails when the two servers do not answer the same: then there is nothing to compare. */
async function sameAnswer(): Promise<void> {
  const [ours, theirs] = await Promise.all(
    [service, bare].map(async (server) => {
      const { url, headers } = target(server);
      const answer = await fetch(url, { headers });
      const named = ["content-type", "etag", "cache-control"].map((name) => answer.headers.get(name));
      return [answer.status, await answer.text(), ...named];
    }),
  );
  assert.deepEqual(ours, theirs);
}

/** Prints the rates of both, and returns the median of the ratios of neighbouring rounds, per second of processor time. */
async function compared(what: string, headers: Record<string, string> = {}): Promise<number> {
  // Until the compiler is through with both.
  for (const server of [service, bare]) await measured(server, headers, 5);
  const pairs: [ours: Rate, theirs: Rate][] = [];
  for (let round = 0; round < rounds; round++) {
    // Turn about, so that neither always follows the other.
    const first = await measured(round % 2 ? service : bare, headers, secondsPerRound);
    const second = await measured(round % 2 ? bare : service, headers, secondsPerRound);
    pairs.push(round % 2 ? [first, second] : [second, first]);
  }
  console.log(what);
  const line = (name: string, rate: (rate: Rate) => number) => {
    const ratios = pairs.map(([ours, theirs]) => rate(ours) / rate(theirs)).sort((a, b) => a - b);
    const [ours, theirs] = [0, 1].map((side) => pairs.map((pair) => rate(pair[side]!)));
    // Neighbours are seconds apart and find the machine alike; the best rounds of the two may be minutes apart, for comparison only.
    const best = Math.max(...ours!) / Math.max(...theirs!);
    const middle = `service ${median(ours!).toFixed(0)}, bare ${median(theirs!).toFixed(0)} requests`;
    const spread = `${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)}`;
    console.log(
      `  ${name} ${middle}, ratio ${median(ratios).toFixed(2)} (${spread}), of the best rounds ${best.toFixed(2)}`,
    );
    return median(ratios);
  };
  const ratio = line("per second of processor time:", ({ answered, busy }) => answered / busy);
  line("per second of the clock:     ", ({ answered, seconds }) => answered / seconds);
  const [ours, theirs] = [0, 1].map((side) => median(pairs.map((pair) => pair[side]!.busy / pair[side]!.seconds)));
  console.log(`  processor time per second: service ${ours!.toFixed(2)}, bare ${theirs!.toFixed(2)}`);
  return ratio;
}

interface Rate {
  answered: number;
  /** Seconds of processor time. */
  busy: number;
  seconds: number;
}

async function measured(server: ServerProcess, headers: Record<string, string>, seconds: number): Promise<Rate> {
  const [before, begun] = [await server.cpuSeconds(), performance.now()];
  const { answered, lost } = await load(target(server, headers), after(seconds));
  assert.equal(lost, 0, "a request was lost");
  return { answered, busy: (await server.cpuSeconds()) - before, seconds: (performance.now() - begun) / 1000 };
}

function target({ url }: ServerProcess, headers: Record<string, string> = {}): Load {
  const all = { authorization: `Bearer ${clinic.token}`, ...headers };
  return { url: `${url}/patients/${clinic.patientId}`, headers: all, connections: 16 };
}

function trace(): string {
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${"0123456789abcdef01234567"};Parent=53995c3f42cd8ad8`;
}
