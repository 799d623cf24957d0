import * as z from "zod/mini";
import { healthPath, type ServiceName, serviceNames } from "../../contract.ts";
import { answers } from "../database/connection.ts";
import { Problem } from "./problem.ts";
import { type Route, route } from "./route.ts";

const Health = z
  .object({ service: z.enum(serviceNames), status: z.literal("ok") })
  .register(z.globalRegistry, { id: "Health", description: "The service and its database answer" });

/** The public route that tells people, smoke tests and uptime checks whether `service` can do its work. */
export function health(service: ServiceName): Route {
  return route({
    method: "get",
    path: healthPath(service),
    operationId: `${service}Health`,
    summary: `Whether ${service} and its database answer`,
    publicReason: "smoke tests and uptime checks carry no token, and the answer holds no data",
    answers: { 200: { description: "Both answer", schema: Health } },
    handle: async (_input, { sql }) => {
      if (!(await answers(sql))) throw new Problem(503, "database-unreachable", "the database does not answer");
      return { status: 200, body: { service, status: "ok" } };
    },
  });
}
