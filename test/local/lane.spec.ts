import assert from "node:assert/strict";
import { accessToken } from "../../local/access-token.ts";
import { startLane, type Lane } from "../../local/lane.ts";

describe("local lane", () => {
  let lane: Lane;
  let everything: string;
  const accessLog: string[] = [];
  before(async () => {
    lane = await startLane({ port: 0, minuteMillis: 400, onAccessLog: (line) => accessLog.push(line) });
    everything = (await accessToken(lane.identity))!;
  });
  after(() => lane.stop());

  const call = (
    path: string,
    { token = everything, body, ...init }: { token?: string; body?: unknown } & Omit<RequestInit, "body"> = {},
  ) =>
    fetch(`${lane.url}${path}`, {
      ...init,
      method: init.method ?? (body ? "POST" : "GET"),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        "content-type": "application/json",
        ...init.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  async function token(scope: string): Promise<string> {
    const { identity } = lane;
    const client = identity.pools[0]!.clients.find(({ grants }) => grants.includes("client_credentials"))!;
    const response = await fetch(`${identity.url}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: client.id,
        client_secret: identity.clientSecret(client.id)!,
        scope,
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  it("answers 401 without a token", async () => {
    const response = await call("/patients", { token: "" });
    const { title } = (await response.json()) as { title: string };
    assert.deepEqual(
      [response.status, response.headers.get("x-amzn-errortype"), title],
      [401, "UnauthorizedException", "Unauthorized"],
    );
  });

  it("answers 403 to a token without the route's scope", async () => {
    assert.equal((await call("/patients", { token: await token("clinic/appointments.read") })).status, 403);
  });

  it("creates, reads and lists patients and appointments with the right token", async () => {
    const patient = await created("/patients", samplePatient);
    const appointment = await created("/appointments", slot(patient.id, 0));
    assert.equal((await call(`/patients/${patient.id}`)).status, 200);
    assert.equal((await call(`/appointments/${appointment.id}`)).status, 200);
    const listed = (await (await call("/patients?limit=100")).json()) as { items: { id: string }[] };
    assert.ok(listed.items.some(({ id }) => id === patient.id));
  });

  it("gives one of fifty concurrent bookings of a slot the appointment", async () => {
    const patient = await created("/patients", samplePatient);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call("/appointments", { body: slot(patient.id, 1) })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array.from({ length: 49 }, () => 409)]);
  });

  it("keeps the trace of a request from the gateway over the service to the database, and its line in the access log", async () => {
    const response = await call("/patients", { body: samplePatient });
    const traceId = /Root=([^;]+)/.exec(response.headers.get("x-amzn-trace-id")!)![1]!;
    const kept = () => lane.traces.spans(traceId);
    await eventually(() => kept().some(({ service }) => service === "api-api/live") && kept().length > 2);
    const [gateway, service, database] = kept();
    assert.deepEqual(
      [gateway, service, database].map((span) => [span!.name, span!.service, span!.parentId]),
      [
        ["POST /patients", "api-api/live", undefined],
        ["POST /patients", "patients", gateway!.id],
        ["insert patients", "patients", service!.id],
      ],
    );
    assert.equal(database!.attributes["db.system.name"], "postgresql");
    assert.equal(service!.attributes["http.response.status_code"], "201");
    assert.ok(database!.durationMillis > 0 && database!.durationMillis <= service!.durationMillis);
    const line = accessLog.map((text) => JSON.parse(text)).find(({ traceId: id }) => id === traceId);
    assert.equal(line?.requestId, response.headers.get("x-amzn-requestid"));
  });

  it("lets nothing but the health checks through without a token", async () => {
    assert.equal((await call("/health/patients", { token: "" })).status, 200);
    assert.equal((await call("/health/appointments", { token: "" })).status, 200);
  });

  it("never lets a malformed body reach a service", async () => {
    const response = await call("/patients", { method: "POST", body: { name: 7 } });
    const { title } = (await response.json()) as { title: string };
    assert.deepEqual([response.status, title], [400, "Invalid request body"]);
  });

  it("takes a new version off the traffic when its requests fail", async () => {
    const functionName = "slipway-dev-patients";
    // It passes its health check, and may not touch the tables of the service.
    const to = lane.rollouts.publish(functionName, { DATABASE_USER: "slipway-dev-appointments" });
    const statuses = new Set<number>();
    const shift = lane.rollouts.shift(functionName, to);
    let over = false;
    void shift.finally(() => (over = true));
    while (!over) statuses.add((await call("/patients?limit=1")).status);
    assert.deepEqual(await shift, {
      status: "FAILED",
      error: "AlarmFired",
      cause: "slipway-dev-patients-new-server-errors fired at 100 per cent on version 2",
    });
    assert.deepEqual([...statuses].sort(), [200, 500]);
    assert.equal((await call("/patients?limit=1")).status, 200);
  });

  async function created(path: string, body: unknown): Promise<{ id: string }> {
    const response = await call(path, { body });
    assert.equal(response.status, 201, await response.clone().text());
    return (await response.json()) as { id: string };
  }
});

/** Resolves when `condition` holds, rejects when it has not within five seconds: spans come by datagram. */
async function eventually(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("the condition never held");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const samplePatient = { givenName: "Ada", familyName: "Byron", birthDate: "1985-12-10" };

/** Half an hour with one clinician, the `nth` of a day far ahead. */
function slot(patientId: string, nth: number) {
  const startsAt = new Date(Date.UTC(2090, 0, 1, 8, 30 * nth)).toISOString();
  return { patientId, clinicianId: "c-1", startsAt, durationMinutes: 30 };
}
