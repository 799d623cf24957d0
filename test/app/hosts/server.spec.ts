import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { livenessPath } from "../../../app/contract.ts";
import { eventually } from "../../eventually.ts";
import { type Clinic, clinic, someBooking, somePatient } from "../clinic.ts";
import { type Issuer, startIssuer } from "../issuer.ts";
import { type Host, startHost } from "./process.ts";

describe("the plain server", () => {
  let at: Clinic;
  let issuer: Issuer;
  let token: string;
  /** For the tests that do not stop it. */
  let shared: Awaited<ReturnType<typeof start>>;
  before(async () => {
    [at, issuer] = await Promise.all([clinic(), startIssuer()]);
    token = await issuer.token({});
    shared = await start("patients");
  });
  after(() => issuer.stop());

  const running: Host[] = [];
  after(() => running.forEach(({ child }) => child.kill("SIGKILL")));

  async function start(service: "patients" | "appointments", extra: Record<string, string> = {}) {
    const own = { SERVICE: service, DATABASE_URL: await at.urlOf(service), PORT: "0" };
    const host = startHost("hosts/server.ts", { ...own, ...issuer.environment, ...extra });
    running.push(host);
    const heard = () => /"message":"listening".*"port":(\d+)/.exec(host.output());
    await eventually(() => heard() !== null);
    const port = Number(heard()![1]);
    return { ...host, port, url: `http://127.0.0.1:${port}` };
  }

  const asJson = { "content-type": "application/json" };
  /** For a server that is to be idle when the answer is there. */
  const single = { ...asJson, connection: "close" };

  it("serves with a token it has verified itself, and stops at once when idle", async () => {
    const { url, child, ended, output } = await start("patients");
    const headers = { ...single, authorization: `Bearer ${token}` };
    const post = (sent: object) =>
      fetch(`${url}/patients`, { method: "POST", body: JSON.stringify(somePatient), headers: sent as any });
    const answers = [
      await post(headers),
      await post(single),
      await post({ ...single, authorization: `Bearer ${await issuer.forged({})}` }),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 401, 401],
    );
    await Promise.all(answers.map((answer) => answer.text()));
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
    assert.ok(!output().includes(token));
    // Lines and counts that waited for others have left with the process.
    const lines = output()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const statuses = lines.filter(({ message }) => message === "request").map(({ status }) => status);
    assert.deepEqual(
      [statuses, lines.find((line) => "PatientsRegistered" in line)?.PatientsRegistered],
      [[201, 401, 401], 1],
    );
  });

  it("refuses what is too large or no HTTP, and goes on", async () => {
    const { url, port } = shared;
    const headers = { ...asJson, authorization: `Bearer ${token}` };
    const large = await fetch(`${url}/patients`, { method: "POST", body: "x".repeat(1_000_000), headers });
    assert.deepEqual([large.status, large.headers.get("content-type")], [413, "application/problem+json"]);
    const endless = request(`${url}/patients`, { method: "POST", headers }).on("error", () => {});
    endless.write(Buffer.alloc(100_000, "x"));
    const [early] = await once(endless, "response");
    assert.equal(early.statusCode, 413);
    endless.destroy();
    const typeless = await fetch(`${url}/patients`, {
      method: "POST",
      body: "{}",
      headers: { ...headers, "content-type": "a/b" },
    });
    assert.equal(typeless.status, 415);
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    const line = new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(data.toString().split("\r\n")[0]!)),
    );
    socket.write("nonsense\r\n\r\n");
    assert.equal(await line, "HTTP/1.1 400 Bad Request");
    assert.equal((await fetch(`${url}/health/patients`)).status, 200);
  });

  it("tells a load balancer that it cannot log in, and logs no check", async () => {
    const lost = await start("patients", { DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" });
    const well = await start("patients");
    const checks = [lost, well].map(({ url }) => fetch(`${url}${livenessPath}`).then(({ status }) => status));
    assert.deepEqual(await Promise.all(checks), [503, 200]);
    assert.ok(![lost, well].some(({ output }) => output().includes(livenessPath) || output().includes('"route"')));
    for (const { child } of [lost, well]) child.kill("SIGTERM");
  });

  it("answers everything it was asked before it stops, over connections kept open", async () => {
    const { port, child, ended, output } = await start("appointments");
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    let [sent, answered, lost, stopping] = [0, 0, 0, false];
    const book = () =>
      new Promise<void>((resolve) => {
        const headers = { ...asJson, authorization: `Bearer ${token}` };
        const asked = request(
          { port, host: "127.0.0.1", method: "POST", path: "/appointments", headers, agent },
          (response) => {
            if (response.statusCode === 201) answered++;
            response.resume().on("end", resolve);
          },
        );
        asked.on("error", (error: NodeJS.ErrnoException) => {
          // A connection refused was never accepted: that request is the load balancer's to send elsewhere.
          if (error.code === "ECONNREFUSED") sent--;
          else lost++;
          stopping = true;
          resolve();
        });
        sent++;
        asked.end(JSON.stringify(someBooking()));
      });
    const clients = Array.from({ length: 8 }, async () => {
      while (!stopping) await book();
    });
    await eventually(() => answered > 100);
    child.kill("SIGTERM");
    await Promise.all(clients);
    agent.destroy();
    assert.deepEqual([lost, answered === sent, await ended], [0, true, 0]);
    assert.ok(output().includes('"message":"stopped"'));
    const [{ count }] = await at.superuser<[{ count: number }]>`select count(*)::int from appointments.appointments`;
    assert.equal(count, answered);
  });

  it("finishes a request that waits for the database", async () => {
    const { url, child, ended } = await start("patients");
    const { id } = (await at.ask("POST", "/patients", { body: somePatient })).body;
    const headers = { ...asJson, authorization: `Bearer ${token}` };
    let answer!: Promise<Response>;
    await at.superuser.begin(async (sql) => {
      await sql`select from patients.patients where id = ${id} for update`;
      answer = fetch(`${url}/patients/${id}`, { method: "PATCH", body: '{"givenName":"Bea"}', headers });
      await eventually(() => waiting(at));
      child.kill("SIGTERM");
      await eventually(async () => !(await accepts(url)));
    });
    assert.deepEqual(
      [(await answer).status, ((await (await answer).json()) as any).givenName, await ended],
      [200, "Bea", 0],
    );
  });

  it("fails on a missing setting and on a port in use, with one clear message", async () => {
    const none = startHost("hosts/server.ts", { SERVICE: "billing" });
    const { port } = shared;
    const taken = startHost("hosts/server.ts", {
      ...issuer.environment,
      SERVICE: "patients",
      PORT: String(port),
      DATABASE_URL: at.ownerUrl,
    });
    assert.deepEqual([await none.ended, await taken.ended], [1, 1]);
    assert.match(none.output(), /SERVICE must be one of patients, appointments, got "billing"/);
    assert.match(taken.output(), /EADDRINUSE/);
  });
});

async function waiting(at: Clinic): Promise<boolean> {
  const [row] = await at.sqlOf.patients`select exists (select from pg_locks where not granted) as found`;
  return row!.found;
}

const accepts = (url: string) =>
  fetch(`${url}/health/patients`).then(
    () => true,
    () => false,
  );
