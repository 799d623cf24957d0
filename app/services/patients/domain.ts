import * as z from "zod/mini";
import { calendarDate, identifier, instant, notEmpty, pageOf, pageQuery, text } from "../../platform/http/schemas.ts";

const today = () => new Date().toISOString().slice(0, 10);

const fields = {
  givenName: text(100),
  familyName: text(100),
  birthDate: calendarDate().check(
    z.refine((date) => date >= "1900-01-01" && date <= today(), "must lie between 1900-01-01 and today"),
  ),
  email: z.optional(z.email().check(z.maxLength(254))),
  phone: z.optional(z.string().check(z.regex(/^\+[1-9][0-9]{6,14}$/, "must be like +4930123456"))),
};

/** What is needed to register a patient. */
export const NewPatient = z
  .strictObject(fields)
  .register(z.globalRegistry, { id: "NewPatient", description: "A patient to register" });

/** Fields to replace; those not named stay. A contact can be replaced, not removed. */
export const PatientChange = z
  .partial(z.strictObject(fields))
  .check(notEmpty)
  .register(z.globalRegistry, { id: "PatientChange", description: "Fields of a patient to replace", minProperties: 1 });

export const Patient = z
  .object({
    id: identifier(),
    givenName: z.string(),
    familyName: z.string(),
    birthDate: calendarDate(),
    email: z.optional(z.string()),
    phone: z.optional(z.string()),
    version: z.int().check(z.minimum(1)),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .register(z.globalRegistry, { id: "Patient", description: "A registered patient" });

export const PatientPage = pageOf(Patient).register(z.globalRegistry, {
  id: "PatientPage",
  description: "Patients in the order of their registration",
});

export const PatientPath = z.object({ patientId: identifier() });
export const PatientQuery = z.object(pageQuery);

export type NewPatient = z.output<typeof NewPatient>;
export type PatientChange = z.output<typeof PatientChange>;
export type Patient = z.output<typeof Patient>;
