import assert from "node:assert/strict";
import { accessToken } from "../../local/access-token.ts";
import { startLane, type Lane } from "../../local/lane.ts";

describe("local lane", () => {
  let lane: Lane;
  let everything: string;
  before(async () => {
    lane = await startLane({ port: 0 });
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

  it("lets nothing but the health checks through without a token", async () => {
    assert.equal((await call("/health/patients", { token: "" })).status, 200);
    assert.equal((await call("/health/appointments", { token: "" })).status, 200);
  });

  it("never lets a malformed body reach a service", async () => {
    const response = await call("/patients", { method: "POST", body: { name: 7 } });
    const { title } = (await response.json()) as { title: string };
    assert.deepEqual([response.status, title], [400, "Invalid request body"]);
  });

  async function created(path: string, body: unknown): Promise<{ id: string }> {
    const response = await call(path, { body });
    assert.equal(response.status, 201, await response.clone().text());
    return (await response.json()) as { id: string };
  }
});

const samplePatient = { givenName: "Ada", familyName: "Byron", birthDate: "1985-12-10" };

/** Half an hour with one clinician, the `nth` of a day far ahead. */
function slot(patientId: string, nth: number) {
  const startsAt = new Date(Date.UTC(2090, 0, 1, 8, 30 * nth)).toISOString();
  return { patientId, clinicianId: "c-1", startsAt, durationMinutes: 30 };
}
