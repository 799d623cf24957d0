import { problems, type Route, route } from "../../platform/http/route.ts";
import { health } from "../../platform/http/health.ts";
import { created, page, single } from "../../platform/http/replies.ts";
import { once } from "../../platform/database/idempotency.ts";
import { NewPatient, Patient, PatientChange, PatientPage, PatientPath, PatientQuery } from "./domain.ts";
import { changePatient, listPatients, readPatient, registerPatient } from "./store.ts";

const registerRoute = route({
  method: "post",
  path: "/patients",
  operationId: "registerPatient",
  summary: "Register a patient",
  scope: "patients.write",
  body: NewPatient,
  headers: ["Idempotency-Key"],
  answers: { 201: { description: "The patient is registered", schema: Patient }, ...problems(413, 415, 422) },
  handle: ({ body }, exchange) =>
    once("patients", exchange, body, async (sql) => {
      const patient = await registerPatient(sql, body);
      exchange.count("PatientsRegistered");
      return created(`/patients/${patient.id}`, patient);
    }),
});

const listRoute = route({
  method: "get",
  path: "/patients",
  operationId: "listPatients",
  summary: "List patients in the order of their registration",
  scope: "patients.read",
  query: PatientQuery,
  answers: { 200: { description: "One page of patients", schema: PatientPage } },
  handle: async ({ query }, { sql }) => page(await listPatients(sql, query)),
});

const readRoute = route({
  method: "get",
  path: "/patients/{patientId}",
  operationId: "readPatient",
  summary: "Read one patient",
  scope: "patients.read",
  params: PatientPath,
  answers: { 200: { description: "The patient", schema: Patient }, ...problems(404) },
  handle: async ({ params }, { sql }) => single(await readPatient(sql, params.patientId)),
});

const changeRoute = route({
  method: "patch",
  path: "/patients/{patientId}",
  operationId: "changePatient",
  summary: "Replace fields of a patient",
  scope: "patients.write",
  params: PatientPath,
  body: PatientChange,
  headers: ["If-Match"],
  answers: { 200: { description: "The patient as it is now", schema: Patient }, ...problems(404, 412, 413, 415) },
  handle: async ({ params, body }, { sql, expectedVersion }) =>
    single(await changePatient(sql, params.patientId, body, expectedVersion)),
});

export const routes: readonly Route[] = [registerRoute, listRoute, readRoute, changeRoute, health("patients")];
