import type { ServiceName } from "../contract.ts";
import type { Route } from "../platform/http/route.ts";
import { routes as appointments } from "./appointments/routes.ts";
import { routes as patients } from "./patients/routes.ts";

/** The routes of every service in the image. */
export const routesOf: Record<ServiceName, readonly Route[]> = { patients, appointments };
