import type { OpenApiDocument, Operation } from "../../../components/api/openapi.ts";
import { place } from "../place.ts";

export const scopes = ["clinic/patients.read", "clinic/patients.write"];
export const services = {
  patients: { runtime: "lambda", functionName: "slipway-test-patients", alias: "live" },
} as const;
export const settings = { place, services, origins: [] as string[], timeoutMillis: 29_000 };

const answers = () => ({
  "200": { description: "Found", content: { "application/json": { schema: { type: "object" } } } },
});

const route = (more: Partial<Operation>): Operation => ({ "x-service": "patients", responses: answers(), ...more });

/** A small document in the app's own shape: two closed routes and an open one. */
export const fixture = (): OpenApiDocument => ({
  openapi: "3.0.3",
  info: { title: "Clinic", version: "1.0.0" },
  paths: {
    "/patients": {
      get: route({ operationId: "listPatients", security: [{ cognito: ["clinic/patients.read"] }] }),
      post: route({
        operationId: "createPatient",
        security: [{ cognito: ["clinic/patients.write"] }],
        parameters: [{ $ref: "#/components/parameters/IdempotencyKey" }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Patient" } } } },
      }),
    },
    "/patients/{patientId}": {
      parameters: [{ name: "patientId", in: "path", required: true, schema: { type: "string" } }],
      get: route({ operationId: "getPatient", security: [{ cognito: ["clinic/patients.read"] }] }),
    },
    "/health/patients": {
      get: route({ operationId: "health", security: [], "x-public-reason": "load balancers carry no token" }),
    },
  },
  components: {
    schemas: {
      Patient: { type: "object", required: ["name"], properties: { name: { type: "string", maxLength: 80 } } },
    },
    parameters: { IdempotencyKey: { name: "Idempotency-Key", in: "header", schema: { type: "string" } } },
  },
});

/** The fixture after `change`. */
export function changed(change: (document: OpenApiDocument) => void): OpenApiDocument {
  const document = fixture();
  change(document);
  return document;
}
