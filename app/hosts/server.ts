import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { containerPort, environment, livenessPath, stopSeconds } from "../contract.ts";
import { connect } from "../platform/database/connection.ts";
import { originsOf, serviceOf } from "../platform/environment.ts";
import { stopped } from "../platform/http/graceful-stop.ts";
import { liveness } from "../platform/http/liveness.ts";
import { createService } from "../platform/http/service.ts";
import { tokenVerifier } from "../platform/identity/token.ts";
import { batchedOutput } from "../platform/telemetry/batched-output.ts";
import { createLog } from "../platform/telemetry/log.ts";
import { createMetrics } from "../platform/telemetry/metrics.ts";
import { startTracing } from "../platform/telemetry/tracing.ts";
import { routesOf } from "../services/registry.ts";

const { env } = process;
const name = serviceOf(env);
const log = createLog(name, batchedOutput(process.stdout));
const tracing = startTracing(name, env);
const verify = tokenVerifier(env);
const sql = connect(env, { connections: 10 });
const { count, publish } = createMetrics(name);
const alive = liveness(sql);
const service = createService({ routes: routesOf[name], sql, log, count, origins: originsOf(env) });

// Counts of a second share one line, the last ones go with the process.
setInterval(publish, 1000).unref();
process.once("exit", publish);

/** The gateway sends its own id of the request, so that both logs tell of the same one. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const server = createAdaptorServer({
  fetch: (request, { incoming: { url, headers } }) => {
    if (url === livenessPath) return alive();
    const identify = () => verify(headers.authorization);
    const requestId = uuid.exec(one(headers["x-request-id"]) ?? "")?.[0] ?? randomUUID();
    const respond = (traceId?: string) => service.fetch(request, { requestId, traceId, identify });
    return tracing.continued(one(headers["x-amzn-trace-id"]), respond);
  },
}) as Server;

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

server.headersTimeout = 10_000;
server.requestTimeout = 30_000;
// Longer than a load balancer keeps its idle connections (60 s), so that it is never the server that hangs up first.
server.keepAliveTimeout = 65_000;

server.once("error", (error) => {
  log.error("the server cannot listen", { error: { name: error.name, message: error.message } });
  process.exit(1);
});

const port = Number(env[environment.port] ?? containerPort);
server.listen(port, () => log.info("listening", { port: (server.address() as AddressInfo).port }));

const stop = async (signal: string) => {
  log.info("stopping", { signal });
  await stopped(server, stopSeconds - 5);
  await sql.end({ timeout: 3 });
  await tracing.stop();
  log.info("stopped");
  process.exit(0);
};
process.once("SIGTERM", (signal) => void stop(signal));
process.once("SIGINT", (signal) => void stop(signal));
