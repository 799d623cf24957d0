import { randomUUID } from "node:crypto";
import { answers, connect } from "../platform/database/connection.ts";
import { originsOf, serviceOf } from "../platform/environment.ts";
import { asLogged, asProblem } from "../platform/http/failure.ts";
import { fromGateway, type GatewayResult, toGateway } from "../platform/http/gateway-event.ts";
import { createService } from "../platform/http/service.ts";
import { callerFrom, unauthorized } from "../platform/identity/caller.ts";
import { createLog } from "../platform/telemetry/log.ts";
import { createMetrics } from "../platform/telemetry/metrics.ts";
import { startTracing } from "../platform/telemetry/tracing.ts";
import { routesOf } from "../services/registry.ts";

// Everything below runs in the init phase, which has the full processor and is not part of a request.
const name = serviceOf(process.env);
const log = createLog(name);
const tracing = startTracing(name, process.env);
const sql = connect(process.env, { connections: 1 });
const { count, publish } = createMetrics(name);
const service = createService({ routes: routesOf[name], sql, log, count, origins: originsOf(process.env) });

// Node loads its fetch classes at their first use, 20 ms; the log-in to the database costs as much and more.
void new Response(new Request("http://x").url);
if (!(await answers(sql))) log.warn("the database does not answer yet");

/** Answers an event of a REST API's proxy integration, whatever it holds. */
export async function handler(event: unknown, context?: { awsRequestId?: string }): Promise<GatewayResult> {
  const fallbackId = context?.awsRequestId ?? randomUUID();
  try {
    const { request, claims, requestId = fallbackId } = fromGateway(event);
    const identify = async () => {
      const caller = callerFrom(claims);
      if (!caller) throw unauthorized("the gateway named no caller");
      return caller;
    };
    const respond = async (traceId?: string) => service.fetch(request, { requestId, traceId, identify });
    return await toGateway(await tracing.continued(process.env._X_AMZN_TRACE_ID, respond));
  } catch (error) {
    const problem = asProblem(error);
    const { status } = problem;
    const trace = { trace_id: /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? "")?.[1] };
    const line = { status, request_id: fallbackId, ...trace, error: asLogged(error) };
    log[status < 500 ? "warn" : "error"]("event refused", line);
    return await toGateway(problem.toResponse(fallbackId));
  } finally {
    publish();
    await tracing.flush();
  }
}
