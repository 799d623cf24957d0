import { problems, type Route, route } from "../../platform/http/route.ts";
import { health } from "../../platform/http/health.ts";
import { created, page, single } from "../../platform/http/replies.ts";
import { once } from "../../platform/database/idempotency.ts";
import {
  Appointment,
  AppointmentChange,
  AppointmentPage,
  AppointmentPath,
  AppointmentQuery,
  NewAppointment,
} from "./domain.ts";
import { bookAppointment, cancelAppointment, listAppointments, moveAppointment, readAppointment } from "./store.ts";

const bookRoute = route({
  method: "post",
  path: "/appointments",
  operationId: "bookAppointment",
  summary: "Book an appointment",
  scope: "appointments.write",
  body: NewAppointment,
  headers: ["Idempotency-Key"],
  answers: { 201: { description: "The appointment is booked", schema: Appointment }, ...problems(409, 413, 415, 422) },
  handle: ({ body }, exchange) =>
    once("appointments", exchange, body, async (sql) => {
      const appointment = await bookAppointment(sql, body, exchange.count);
      return created(`/appointments/${appointment.id}`, appointment);
    }),
});

const listRoute = route({
  method: "get",
  path: "/appointments",
  operationId: "listAppointments",
  summary: "List appointments by their start",
  scope: "appointments.read",
  query: AppointmentQuery,
  answers: { 200: { description: "One page of appointments", schema: AppointmentPage } },
  handle: async ({ query }, { sql }) => page(await listAppointments(sql, query)),
});

const readRoute = route({
  method: "get",
  path: "/appointments/{appointmentId}",
  operationId: "readAppointment",
  summary: "Read one appointment",
  scope: "appointments.read",
  params: AppointmentPath,
  answers: { 200: { description: "The appointment", schema: Appointment }, ...problems(404) },
  handle: async ({ params }, { sql }) => single(await readAppointment(sql, params.appointmentId)),
});

const moveRoute = route({
  method: "patch",
  path: "/appointments/{appointmentId}",
  operationId: "moveAppointment",
  summary: "Move an appointment or change its reason",
  scope: "appointments.write",
  params: AppointmentPath,
  body: AppointmentChange,
  headers: ["If-Match"],
  answers: {
    200: { description: "The appointment as it is now", schema: Appointment },
    ...problems(404, 409, 412, 413, 415),
  },
  handle: async ({ params, body }, { sql, expectedVersion, count }) =>
    single(await moveAppointment(sql, params.appointmentId, body, { expectedVersion, count })),
});

const cancelRoute = route({
  method: "post",
  path: "/appointments/{appointmentId}/cancel",
  operationId: "cancelAppointment",
  summary: "Cancel an appointment; cancelling again changes nothing",
  scope: "appointments.write",
  params: AppointmentPath,
  headers: ["If-Match"],
  answers: { 200: { description: "The cancelled appointment", schema: Appointment }, ...problems(404, 412) },
  handle: async ({ params }, { sql, expectedVersion, count }) =>
    single(await cancelAppointment(sql, params.appointmentId, { expectedVersion, count })),
});

const appointments = [bookRoute, listRoute, readRoute, moveRoute, cancelRoute];

export const routes: readonly Route[] = [...appointments, health("appointments")];
