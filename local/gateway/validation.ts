import { Ajv, type ValidateFunction } from "ajv";
import type { Route } from "./api.ts";
import { GatewayError } from "./gateway-error.ts";
import type { Received } from "./received.ts";

/** Formats are left to the service: API Gateway checks structure. */
const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
const compiled = new WeakMap<object, ValidateFunction>();

/** Fails, before any body is read, on required parameters that are missing or empty. Names them all. */
export function validateParameters({ requiredParameters }: Route, received: Received): void {
  const missing = requiredParameters.filter(({ name, in: place }) => {
    if (place === "query") return !received.query.some(([key, value]) => key === name && value !== "");
    if (place === "header") return !received.header(name);
    return false; // A path without its parameters does not match the route.
  });
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new GatewayError("BAD_REQUEST_PARAMETERS", `Missing required request parameters: [${names}]`);
}

/** Fails on a body that its schema refuses. A media type that the document has no schema for passes, as on AWS. */
export function validateBody({ bodySchemas }: Route, received: Received): void {
  const [type = ""] = (received.header("content-type") ?? "application/json").split(";");
  const schema = bodySchemas.get(type.trim().toLowerCase());
  if (!schema) return;
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  let body: unknown;
  try {
    body = JSON.parse(received.body.toString("utf8") || "{}");
  } catch {
    throw new GatewayError("BAD_REQUEST_BODY", "Invalid request body", { detail: "the body is not JSON" });
  }
  if (!validate(body))
    throw new GatewayError("BAD_REQUEST_BODY", "Invalid request body", { detail: ajv.errorsText(validate.errors) });
}
