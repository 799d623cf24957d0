import * as z from "zod/mini";
import { identifier, instant, notEmpty, pageOf, pageQuery, plannable, text } from "../../platform/http/schemas.ts";

const clinicianId = () =>
  z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "must be 1 to 64 letters, digits, _ or -"));
const durationMinutes = () => z.int().check(z.minimum(5), z.maximum(480));

/** What is needed to book. The patient lives in another service: its id is taken as given. */
export const NewAppointment = z
  .strictObject({
    patientId: identifier(),
    clinicianId: clinicianId(),
    startsAt: plannable(),
    durationMinutes: durationMinutes(),
    reason: z.optional(text(500)),
  })
  .register(z.globalRegistry, { id: "NewAppointment", description: "An appointment to book, not in the past" });

/** What a booked appointment may be moved to. Fields not named stay. */
export const AppointmentChange = z
  .partial(
    z.strictObject({
      clinicianId: clinicianId(),
      startsAt: plannable(),
      durationMinutes: durationMinutes(),
      reason: text(500),
    }),
  )
  .check(notEmpty)
  .register(z.globalRegistry, {
    id: "AppointmentChange",
    description: "Fields of an appointment to replace; a new start does not lie in the past",
    minProperties: 1,
  });

export const Appointment = z
  .object({
    id: identifier(),
    patientId: identifier(),
    clinicianId: z.string(),
    startsAt: instant(),
    endsAt: instant(),
    durationMinutes: z.int().check(z.minimum(5), z.maximum(480)),
    reason: z.optional(z.string()),
    status: z.enum(["booked", "cancelled"]),
    version: z.int().check(z.minimum(1)),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .register(z.globalRegistry, { id: "Appointment", description: "An appointment of a patient with a clinician" });

export const AppointmentPage = pageOf(Appointment).register(z.globalRegistry, {
  id: "AppointmentPage",
  description: "Appointments by their start",
});

export const AppointmentPath = z.object({ appointmentId: identifier() });

/** The list can be narrowed to a patient, a clinician and a span of time (`from` inclusive, `to` exclusive). */
export const AppointmentQuery = z.object({
  ...pageQuery,
  patientId: z.optional(identifier()),
  clinicianId: z.optional(clinicianId()),
  from: z.optional(plannable()),
  to: z.optional(plannable()),
});

export type NewAppointment = z.output<typeof NewAppointment>;
export type AppointmentChange = z.output<typeof AppointmentChange>;
export type Appointment = z.output<typeof Appointment>;
export type AppointmentQuery = z.output<typeof AppointmentQuery>;
