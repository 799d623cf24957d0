import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type Answered, type Clinic, clinic, someBooking } from "../clinic.ts";

const statuses = (answers: Answered[]) => answers.map(({ status }) => status);

describe("appointments", () => {
  let at: Clinic;
  before(async () => void (at = await clinic()));

  const book = (fields: object = {}) => at.ask("POST", "/appointments", { body: someBooking(fields) });
  const move = (id: string, body: object, headers = {}) => at.ask("PATCH", `/appointments/${id}`, { body, headers });
  const cancel = (id: string, headers = {}) => at.ask("POST", `/appointments/${id}/cancel`, { headers });

  it("books, and says when it ends", async () => {
    const { status, body } = await book({ startsAt: "2030-05-06T11:30:00+02:00", reason: "check-up" });
    const { startsAt, endsAt, durationMinutes, reason, version } = body;
    assert.deepEqual([status, startsAt, endsAt], [201, "2030-05-06T09:30:00.000Z", "2030-05-06T10:00:00.000Z"]);
    assert.deepEqual([durationMinutes, reason, body.status, version], [30, "check-up", "booked", 1]);
    assert.deepEqual((await at.ask("GET", `/appointments/${body.id}`)).body, body);
  });

  it("gives a slot to exactly one of fifty who ask at once", async () => {
    const clinicianId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => book({ clinicianId })));
    assert.deepEqual(statuses(answers).sort(), [201, ...Array(49).fill(409)]);
    assert.deepEqual(new Set(answers.flatMap(({ body }) => body.code ?? [])), new Set(["slot-taken"]));
    const [{ count }] = await at.superuser<[{ count: number }]>`
      select count(*)::int from appointments.appointments where clinician_id = ${clinicianId}`;
    assert.equal(count, 1);
  });

  it("lets a patient be in one place at a time, however many ask at once", async () => {
    const patientId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => book({ patientId })));
    assert.deepEqual(statuses(answers).sort(), [201, ...Array(19).fill(409)]);
    assert.deepEqual(new Set(answers.flatMap(({ body }) => body.code ?? [])), new Set(["patient-busy"]));
    const [{ count }] = await at.superuser<[{ count: number }]>`
      select count(*)::int from appointments.appointments where patient_id = ${patientId}`;
    assert.equal(count, 1);
  });

  it("takes a patient's next appointment, the time of a cancelled one, and no move onto another", async () => {
    const first = (await book()).body;
    const { patientId } = first;
    const next = await book({ patientId, startsAt: first.endsAt });
    assert.deepEqual(statuses([next, await book({ patientId })]), [201, 409]);
    const refused = await move(next.body.id, { startsAt: first.startsAt });
    assert.deepEqual([refused.status, refused.body.code], [409, "patient-busy"]);
    assert.deepEqual(statuses([await cancel(first.id), await book({ patientId })]), [200, 201]);
  });

  it("keeps racing bookings of patients with clinicians apart", async () => {
    const [patients, clinicians] = [0, 1].map(() => [1, 2, 3].map(() => randomUUID()));
    const pairs = patients!.flatMap((patientId) => clinicians!.map((clinicianId) => ({ patientId, clinicianId })));
    const answers = await Promise.all([...pairs, ...pairs.toReversed()].map(book));
    assert.deepEqual(new Set(statuses(answers)), new Set([201, 409]));
    const booked = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const who of ["patientId", "clinicianId"])
      assert.equal(new Set(booked.map((b) => b[who])).size, booked.length);
  });

  it("keeps racing moves and bookings of one clinician apart", async () => {
    const clinicianId = randomUUID();
    const early = await Promise.all(
      [..."123456"].map((hour) => book({ clinicianId, startsAt: `2030-01-01T0${hour}:00:00Z` })),
    );
    const noon = { startsAt: "2030-01-01T12:00:00Z" };
    const moves = early.map(({ body }) => move(body.id, noon));
    const answers = await Promise.all([...moves, ...[1, 2, 3].map(() => book({ clinicianId, ...noon }))]);
    assert.deepEqual(
      statuses(answers)
        .map((status) => status === 409)
        .sort(),
      [false, ...Array(8).fill(true)],
    );
  });

  it("takes neighbours, other clinicians and the slot of a cancelled appointment", async () => {
    const first = (await book()).body;
    const next = { clinicianId: first.clinicianId, startsAt: first.endsAt };
    const same = { clinicianId: first.clinicianId };
    assert.deepEqual(statuses([await book(next), await book(), await book(same)]), [201, 201, 409]);
    assert.deepEqual(statuses([await cancel(first.id), await book(same)]), [200, 201]);
  });

  it("moves an appointment and keeps what is not named", async () => {
    const before = (await book({ reason: "check-up" })).body;
    const { status, body } = await move(before.id, { startsAt: "2030-05-07T09:30:00Z" });
    const { startsAt, endsAt, updatedAt, version, ...rest } = body;
    assert.deepEqual([status, startsAt, endsAt], [200, "2030-05-07T09:30:00.000Z", "2030-05-07T10:00:00.000Z"]);
    assert.deepEqual([version, updatedAt >= before.updatedAt], [2, true]);
    assert.deepEqual({ ...before, ...rest }, before);
  });

  it("takes what lies in the years 2000 to 2099 by UTC, whatever its offset", async () => {
    const edges = ["2099-12-31T23:59:00-12:00", "2100-01-01T00:30:00+02:00"].map((startsAt) => book({ startsAt }));
    const [beyond, within] = await Promise.all(edges);
    assert.deepEqual([beyond!.status, beyond!.body.errors[0].at, within!.status], [400, "/startsAt", 201]);
  });

  it("does not move onto another appointment, nor change a cancelled one", async () => {
    const clinicianId = randomUUID();
    const first = (await book({ clinicianId })).body;
    const second = (await book({ clinicianId, startsAt: "2030-05-07T09:30:00Z" })).body;
    const refused = await move(second.id, { startsAt: first.startsAt, durationMinutes: 5 });
    await cancel(second.id);
    const late = await move(second.id, { durationMinutes: 5 });
    assert.deepEqual([refused.status, refused.body.code], [409, "slot-taken"]);
    assert.deepEqual([late.status, late.body.code], [409, "appointment-cancelled"]);
  });

  /** What `work` gives while the clock of the service stands at `moment`. */
  async function asOf(moment: string, work: () => Promise<Answered>): Promise<Answered> {
    const { now } = Date;
    Date.now = () => Date.parse(moment);
    return work().finally(() => (Date.now = now));
  }

  it("fails on a start in the past, but takes whoever walks in now", async () => {
    const now = "2030-05-06T09:30:40Z";
    const { status, body } = await asOf(now, () => book({ startsAt: "2030-05-06T09:29:59Z" }));
    const errors = [{ in: "body", at: "/startsAt", detail: "must not lie in the past" }];
    assert.deepEqual([status, body.code, body.errors], [400, "invalid-request", errors]);
    const walkIn = await asOf(now, () => book({ startsAt: "2030-05-06T11:30:00+02:00" }));
    const moved = await asOf(now, () => move(walkIn.body.id, { startsAt: "2030-05-06T09:29:59Z" }));
    assert.deepEqual([walkIn.status, moved.status, moved.body.errors], [201, 400, errors]);
  });

  it("changes all but the start of an appointment that has begun", async () => {
    const { id, startsAt } = (await book()).body;
    const { status, body } = await asOf("2030-05-06T09:45:00Z", () => move(id, { durationMinutes: 45, reason: "x" }));
    assert.deepEqual([status, body.startsAt, body.durationMinutes, body.reason], [200, startsAt, 45, "x"]);
  });

  it("gives a repeated request its first answer, also when the start has passed meanwhile", async () => {
    const asked = { body: someBooking(), headers: { "Idempotency-Key": randomUUID() } };
    const first = await at.ask("POST", "/appointments", asked);
    const again = await asOf("2030-05-06T10:00:00Z", () => at.ask("POST", "/appointments", asked));
    assert.deepEqual([first.status, again.status, again.text], [201, 201, first.text]);
  });

  it("cancels once, however often it is asked", async () => {
    const { id } = (await book()).body;
    const [first, second] = [await cancel(id), await cancel(id)];
    assert.deepEqual([first.body.status, first.body.version], ["cancelled", 2]);
    assert.deepEqual(second.body, first.body);
    assert.equal(at.counted.filter((metric) => metric === "AppointmentsCancelled").length >= 1, true);
  });

  it("fails on a version that is gone, and on an ETag that is none", async () => {
    const { id } = (await book()).body;
    await move(id, { reason: "other" });
    const old = { "If-Match": '"1"' };
    assert.deepEqual(statuses([await move(id, { reason: "x" }, old), await cancel(id, old)]), [412, 412]);
    assert.deepEqual(
      statuses([await cancel(id, { "If-Match": "1" }), await cancel(id, { "If-Match": '"2"' })]),
      [400, 200],
    );
  });

  it("answers 404 for an appointment that does not exist", async () => {
    const id = randomUUID();
    const answers = [await at.ask("GET", `/appointments/${id}`), await move(id, { reason: "x" }), await cancel(id)];
    assert.deepEqual(statuses(answers), [404, 404, 404]);
  });

  it("lists by start, narrowed to a patient, a clinician and a span of time", async () => {
    const [patientId, clinicianId] = [randomUUID(), randomUUID()];
    const hours = ["12", "10", "11"];
    for (const hour of hours) await book({ patientId, clinicianId, startsAt: `2031-01-01T${hour}:00:00Z` });
    await book({ patientId });
    const list = async (query: string) =>
      (await at.ask("GET", `/appointments?${query}`)).body.items.map((item: { startsAt: string }) =>
        item.startsAt.slice(11, 13),
      );
    const span = "from=2031-01-01T10:30:00Z&to=2031-01-01T12:00:00Z";
    assert.deepEqual(await list(`clinicianId=${clinicianId}`), ["10", "11", "12"]);
    assert.deepEqual(await list(`patientId=${patientId}`), ["09", "10", "11", "12"]);
    assert.deepEqual(await list(`clinicianId=${clinicianId}&${span}`), ["11"]);
  });

  for (const [what, fields] of Object.entries({
    "a moment without offset": { startsAt: "2030-05-06T09:30:00" },
    "a moment no calendar holds": { startsAt: "0000-01-01T00:00:00Z" },
    "a day too long": { durationMinutes: 481 },
    "half a minute": { durationMinutes: 5.5 },
    "a patient that is no id": { patientId: "17" },
  })) {
    it(`fails on ${what}`, async () => {
      const { status, body } = await book(fields);
      assert.deepEqual([status, body.errors[0].at], [400, `/${Object.keys(fields)[0]}`]);
    });
  }
});
