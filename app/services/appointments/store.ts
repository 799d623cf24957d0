import { randomUUID } from "node:crypto";
import type { Sql, Transaction } from "../../platform/database/connection.ts";
import { query } from "../../platform/database/query.ts";
import { cutPage, type Page, readCursor } from "../../platform/http/cursor.ts";
import { Problem } from "../../platform/http/problem.ts";
import type { Count } from "../../platform/telemetry/metrics.ts";
import type { Appointment, AppointmentChange, AppointmentQuery, NewAppointment } from "./domain.ts";

interface Row {
  id: string;
  patient_id: string;
  clinician_id: string;
  starts_at: string;
  ends_at: string;
  reason: string | null;
  status: "booked" | "cancelled";
  version: number;
  created_at: string;
  updated_at: string;
}

/** What a change needs besides the change itself. */
export interface ChangeOptions {
  /** The version the caller saw; a change of another one is refused with 412. Defaults to whatever it is. */
  expectedVersion?: number;
  count: Count;
}

const columns = (sql: Sql | Transaction) => sql`
  id, patient_id, clinician_id, starts_at, ends_at, reason, status, version, created_at, updated_at`;

const minutes = (sql: Sql | Transaction, count: number) => sql`make_interval(mins => ${count}::int)`;

/**
 * Books; fails with 409 when the clinician or the patient has another booking at that time, which the database decides, and with 400
 * on a start in the past.
 */
export async function bookAppointment(sql: Transaction, wanted: NewAppointment, count: Count): Promise<Appointment> {
  const { patientId, clinicianId, startsAt, durationMinutes, reason = null } = wanted;
  refusePast(startsAt);
  await queueFor(sql, clinicianId, patientId);
  const insert = sql<Row[]>`
    insert into appointments.appointments (id, patient_id, clinician_id, starts_at, ends_at, reason)
    values (${randomUUID()}, ${patientId}, ${clinicianId}, ${startsAt}::timestamptz,
      ${startsAt}::timestamptz + ${minutes(sql, durationMinutes)}, ${reason})
    returning ${columns(sql)}`;
  const [row] = await query("insert appointments", insert).catch((error) => refuseOverlap(error, count));
  count("AppointmentsBooked");
  return toAppointment(row!);
}

export async function readAppointment(sql: Sql, id: string): Promise<Appointment | undefined> {
  const [row] = await query(
    "select appointments",
    sql<Row[]>`select ${columns(sql)} from appointments.appointments where id = ${id}`,
  );
  return row && toAppointment(row);
}

export async function listAppointments(sql: Sql, wanted: AppointmentQuery): Promise<Page<Appointment>> {
  const { limit, cursor, patientId, clinicianId, from, to } = wanted;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await query(
    "select appointments",
    sql<Row[]>`
      select ${columns(sql)} from appointments.appointments
      where true
        ${after ? sql`and (starts_at, id) > (${after.at}, ${after.id}::uuid)` : sql``}
        ${patientId ? sql`and patient_id = ${patientId}` : sql``}
        ${clinicianId ? sql`and clinician_id = ${clinicianId}` : sql``}
        ${from ? sql`and starts_at >= ${from}` : sql``}
        ${to ? sql`and starts_at < ${to}` : sql``}
      order by starts_at, id limit ${limit + 1}`,
  );
  return cutPage(rows, limit, ({ starts_at, id }) => ({ at: new Date(starts_at), id }), toAppointment);
}

/**
 * Moves a booked appointment; fails with 409 on a taken slot or a cancelled appointment and with 400 on a start in the past. One that
 * has begun can still be changed in all else. Undefined when there is none.
 */
export function moveAppointment(
  sql: Sql,
  id: string,
  change: AppointmentChange,
  { expectedVersion, count }: ChangeOptions,
): Promise<Appointment | undefined> {
  return sql.begin(async (transaction) => {
    const [found] = await query(
      "select appointments",
      transaction<Row[]>`select ${columns(transaction)} from appointments.appointments where id = ${id} for update`,
    );
    if (!found) return undefined;
    refuseStale(found, expectedVersion);
    if (change.startsAt !== undefined) refusePast(change.startsAt);
    if (found.status === "cancelled") {
      throw new Problem(409, "appointment-cancelled", "a cancelled appointment cannot be changed: book a new one");
    }
    await queueFor(transaction, change.clinicianId ?? found.clinician_id, found.patient_id);
    const moved = await applyMove(transaction, id, change).catch((error) => refuseOverlap(error, count));
    count("AppointmentsMoved");
    return toAppointment(moved);
  }) as Promise<Appointment | undefined>;
}

async function applyMove(sql: Transaction, id: string, change: AppointmentChange): Promise<Row> {
  const { clinicianId, startsAt, durationMinutes, reason } = change;
  const start = startsAt ? sql`${startsAt}::timestamptz` : sql`starts_at`;
  const length = durationMinutes ? minutes(sql, durationMinutes) : sql`(ends_at - starts_at)`;
  const [row] = await query(
    "update appointments",
    sql<Row[]>`
      update appointments.appointments
      set starts_at = ${start}, ends_at = ${start} + ${length},
        clinician_id = ${clinicianId ?? sql`clinician_id`}, reason = ${reason ?? sql`reason`},
        version = version + 1, updated_at = clock_timestamp()
      where id = ${id} returning ${columns(sql)}`,
  );
  return row!;
}

/**
 * Lets the bookings of one clinician, and those of one patient, go one after the other until their transactions end. The constraints
 * alone keep them apart, but two writers of a slot may come to wait for each other, until PostgreSQL breaks the deadlock a second
 * later. Everybody queues for the clinician first.
 */
async function queueFor(sql: Transaction, clinicianId: string, patientId: string): Promise<void> {
  const queue = (name: string) => sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  await query("lock", sql`select ${queue(`clinician:${clinicianId}`)}, ${queue(`patient:${patientId}`)}`);
}

/** Frees the slot. Cancelling again gives the same answer. Undefined when there is no such appointment. */
export async function cancelAppointment(
  sql: Sql,
  id: string,
  { expectedVersion, count }: ChangeOptions,
): Promise<Appointment | undefined> {
  const [row] = await query(
    "update appointments",
    sql<Row[]>`
      update appointments.appointments
      set status = 'cancelled', version = version + 1, updated_at = clock_timestamp()
      where id = ${id} and status = 'booked' ${ifVersion(sql, expectedVersion)}
      returning ${columns(sql)}`,
  );
  if (row) {
    count("AppointmentsCancelled");
    return toAppointment(row);
  }
  const now = await readAppointment(sql, id);
  if (now?.status === "booked") refuseStale(now, expectedVersion);
  return now;
}

const ifVersion = (sql: Sql, version: number | undefined) =>
  version === undefined ? sql`` : sql`and version = ${version}`;

function refuseStale({ version }: { version: number }, expected: number | undefined): void {
  if (expected === undefined || expected === version) return;
  throw new Problem(412, "changed-meanwhile", `the appointment is at version ${version} by now: read it again`);
}

/** What the caller gets to know when the constraint of that name refuses a booking. */
const overlaps = new Map<string, readonly [code: string, detail: string]>([
  ["one_booking_at_a_time", ["slot-taken", "the clinician has another appointment at that time: choose another"]],
  ["one_place_at_a_time", ["patient-busy", "the patient has another appointment at that time: choose another"]],
]);

function refuseOverlap(error: unknown, count: Count): never {
  const overlap = overlaps.get((error as { constraint_name?: string }).constraint_name ?? "");
  if (!overlap) throw error;
  count("BookingConflicts");
  throw new Problem(409, ...overlap);
}

/** The minute that runs is not past: whoever walks in is booked for now. Only a new booking is asked, a repeated request gets its answer. */
function refusePast(startsAt: string): void {
  if (Date.parse(startsAt) >= Math.floor(Date.now() / 60_000) * 60_000) return;
  const flaw = { in: "body", at: "/startsAt", detail: "must not lie in the past" } as const;
  throw new Problem(400, "invalid-request", "the body is not valid", { errors: [flaw] });
}

function toAppointment(row: Row): Appointment {
  const { id, patient_id: patientId, clinician_id: clinicianId, reason, status, version } = row;
  const durationMinutes = (Date.parse(row.ends_at) - Date.parse(row.starts_at)) / 60_000;
  const times = { startsAt: row.starts_at, endsAt: row.ends_at, durationMinutes };
  const stamps = { createdAt: row.created_at, updatedAt: row.updated_at };
  return { id, patientId, clinicianId, ...times, ...(reason !== null && { reason }), status, version, ...stamps };
}
