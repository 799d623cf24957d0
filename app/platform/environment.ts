import { environment, type ServiceName, serviceNames } from "../contract.ts";

/** A variable the host cannot do without. Fails with its name when it is missing or empty. */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`environment variable ${name} is not set: give it a value`);
  return value;
}

/** The service this process is, from `SERVICE`. */
export function serviceOf(env: NodeJS.ProcessEnv): ServiceName {
  const name = required(env, environment.service);
  const service = serviceNames.find((known) => known === name);
  if (!service) throw new Error(`${environment.service} must be one of ${serviceNames.join(", ")}, got "${name}"`);
  return service;
}

/** The origins in `ALLOWED_ORIGINS`. */
export function originsOf(env: NodeJS.ProcessEnv): string[] {
  return (env[environment.allowedOrigins] ?? "").split(",").filter((origin) => origin !== "");
}
