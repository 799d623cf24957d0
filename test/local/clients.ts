import assert from "node:assert/strict";
import { accessToken } from "../../local/access-token.ts";
import { startLane, type Lane } from "../../local/lane.ts";
import { eventually } from "../eventually.ts";

/**
 * What clients of the API see, whatever the services run on: no URL, no token and no answer may differ. `more` adds what holds for the
 * lane of these settings only.
 */
export function clientsSee(
  title: string,
  config?: Record<string, string>,
  more?: (lane: () => Lane, token: () => string) => void,
): void {
  describe(title, () => {
    let lane: Lane;
    let everything: string;
    const accessLog: string[] = [];
    before(async () => {
      // An alarm needs three failures in a minute: on a busy machine a request takes a third of a second.
      lane = await startLane({ port: 0, config, minuteMillis: 1200, onAccessLog: (line) => accessLog.push(line) });
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

    it("moves and cancels an appointment, by the version that was read", async () => {
      const patient = await created("/patients", samplePatient);
      const { id } = await created("/appointments", slot(patient.id, 2));
      const read = await call(`/appointments/${id}`);
      const etag = read.headers.get("etag")!;
      const moved = { startsAt: slot(patient.id, 3).startsAt };
      const patch = (version: string) =>
        call(`/appointments/${id}`, { method: "PATCH", body: moved, headers: { "if-match": version } });
      assert.deepEqual([(await patch(etag)).status, (await patch(etag)).status], [200, 412]);
      assert.equal((await call(`/appointments/${id}/cancel`, { method: "POST" })).status, 200);
    });

    it("answers a question twice asked with the same key once", async () => {
      const headers = { "idempotency-key": "0b5a1c1e-3e0e-4a58-9a53-5a8a0a4f3c11" };
      const answers = [];
      for (let i = 0; i < 2; i++) answers.push(await call("/patients", { body: samplePatient, headers }));
      const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
      assert.deepEqual([answers.map(({ status }) => status), first!.id], [[201, 201], second!.id]);
    });

    it("passes on what stands in the path and behind it, character by character", async () => {
      assert.equal((await call(`/patients/${encodeURIComponent("../health/patients")}`)).status, 400);
      assert.equal((await call("/patients?limit=0")).status, 400);
      assert.equal((await call("/appointments?limit=1")).status, 200);
    });

    it("tells the service's log the id under which the gateway answers", async () => {
      const answer = await call("/appointments");
      assert.equal(answer.headers.get("x-request-id"), answer.headers.get("x-amzn-requestid"));
    });

    it("keeps the trace of a request from the gateway over the service to the database, and its line in the access log", async () => {
      const response = await call("/patients", { body: samplePatient });
      const traceId = /Root=([^;]+)/.exec(response.headers.get("x-amzn-trace-id")!)![1]!;
      const kept = () => lane.traces.spans(traceId);
      await eventually(() => kept().some(({ service }) => service === "api-api/live") && kept().length > 2);
      const [gateway, service, database] = kept();
      assert.deepEqual(
        [gateway, service, database].map((span) => [
          span!.name,
          span!.service.replace("slipway-dev-", ""),
          span!.parentId,
        ]),
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
      const { detail } = (await response.json()) as { detail: string };
      assert.deepEqual([response.status, detail], [400, "Invalid request body"]);
    });

    async function created(path: string, body: unknown): Promise<{ id: string }> {
      const response = await call(path, { body });
      assert.equal(response.status, 201, await response.clone().text());
      return (await response.json()) as { id: string };
    }

    more?.(
      () => lane,
      () => everything,
    );
  });
}

const samplePatient = { givenName: "Ada", familyName: "Byron", birthDate: "1985-12-10" };

/** Half an hour with one clinician, the `nth` of a day far ahead. */
function slot(patientId: string, nth: number) {
  const startsAt = new Date(Date.UTC(2090, 0, 1, 8, 30 * nth)).toISOString();
  return { patientId, clinicianId: "c-1", startsAt, durationMinutes: 30 };
}
