import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { type Context, Hono, type Next } from "hono";
import { cors } from "hono/cors";
import type { Sql } from "../database/connection.ts";
import { type Caller, requireScope } from "../identity/caller.ts";
import { boundLog, type Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { inSpan, xrayTraceId } from "../telemetry/spans.ts";
import { limitBody } from "./body-limit.ts";
import { asLogged, asProblem } from "./failure.ts";
import { read, readIdempotencyKey, readIfMatch, readJson } from "./input.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

/** What a host gives its service. */
export interface ServiceOptions {
  routes: readonly Route[];
  sql: Sql;
  log: Log;
  metrics: Metrics;
  /** Origins whose pages may read the answers. Defaults to none. */
  origins?: readonly string[];
}

/** What a host knows about one request besides the request. */
export interface Bindings {
  requestId: string;
  /** Finds out who asks; fails with 401. */
  identify: () => Promise<Caller>;
}

interface Variables {
  route?: Route;
  caller?: Caller;
  log: Log;
}

interface Env {
  Bindings: Bindings;
  Variables: Variables;
}

type Exchanged = Context<Env>;
export type Service = Hono<Env>;

/** The HTTP face of a service: its routes, and a problem for everything else. Knows neither its host nor AWS. */
export function createService({ routes, sql, log, metrics, origins = [] }: ServiceOptions): Service {
  const app = new Hono<Env>();
  if (origins.length > 0) app.use(cors({ origin: [...origins], exposeHeaders: readableHeaders }));
  app.use((c, next) => observe(c, next, log, metrics));
  for (const route of routes) {
    const tasks = [admit(route), limitBody, (c: Exchanged) => answer(c, route, { sql, metrics })] as const;
    app.on(route.method.toUpperCase(), honoPath(route.path), ...tasks);
  }
  for (const [path, methods] of methodsByPath(routes)) app.all(path, () => refuseMethod(methods));
  app.notFound((c) => new Problem(404, "no-such-path", "there is nothing at this path").toResponse(c.env.requestId));
  app.onError((error, c) => {
    const problem = asProblem(error);
    if (problem.status >= 500) c.var.log.error("request failed", { error: asLogged(error) });
    return problem.toResponse(c.env.requestId);
  });
  return app;
}

// What a browser shows a page of another origin besides the body.
const readableHeaders = ["ETag", "Location", "X-Request-Id"];

/** One span, one log line and the counted metrics for each request, whatever becomes of it. */
async function observe(c: Exchanged, next: Next, log: Log, metrics: Metrics): Promise<void> {
  const started = performance.now();
  const { method, path } = c.req;
  const attributes = { "http.request.method": method, "url.path": path };
  await inSpan(method, { kind: SpanKind.SERVER, attributes }, async (span) => {
    c.set("log", boundLog(log, { request_id: c.env.requestId, trace_id: xrayTraceId(span) }));
    // Set before there is an answer: afterwards it would have to be built once more.
    c.header("x-request-id", c.env.requestId);
    await next();
    const { status } = c.res;
    const route = c.var.route?.path;
    span.updateName(route ? `${method} ${route}` : method);
    span.setAttributes({ "http.response.status_code": status, ...(route && { "http.route": route }) });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    const level = status >= 500 ? "error" : c.var.route?.scope === undefined && status === 200 ? "debug" : "info";
    const duration = Math.round((performance.now() - started) * 10) / 10;
    const line = { method, route, status, duration_ms: duration, caller: c.var.caller?.id };
    c.var.log[level]("request", line);
  });
  metrics.publish();
}

/** Lets in who has the route's scope. */
function admit(route: Route) {
  return async (c: Exchanged, next: Next): Promise<void> => {
    c.set("route", route);
    if (route.scope !== undefined) {
      const caller = await c.env.identify();
      requireScope(caller, route.scope);
      c.set("caller", caller);
    }
    await next();
  };
}

async function answer(c: Exchanged, route: Route, { sql, metrics }: { sql: Sql; metrics: Metrics }): Promise<Response> {
  const takes = (name: string) => (route.headers?.some((header) => header === name) ? c.req.header(name) : undefined);
  const { caller = nobody, log } = c.var;
  const { count } = metrics;
  const idempotencyKey = readIdempotencyKey(takes("Idempotency-Key"));
  const expectedVersion = readIfMatch(takes("If-Match"));
  const input = {
    params: read(route.params, c.req.param(), "path"),
    query: read(route.query, c.req.query(), "query"),
    body: route.body && read(route.body, await readJson(c.req), "body"),
  };
  const reply = await route.handle(input, { caller, sql, log, count, idempotencyKey, expectedVersion });
  return c.json(reply.body, reply.status, { "cache-control": "no-store", ...reply.headers });
}

/** Who asks on a public route. */
const nobody: Caller = { id: "", scopes: new Set() };

const honoPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const methods = method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()];
    paths.set(honoPath(path), [...(paths.get(honoPath(path)) ?? []), ...methods]);
  }
  return paths;
}

function refuseMethod(methods: string[]): never {
  const allow = methods.toSorted().join(", ");
  throw new Problem(405, "method-not-allowed", `this path takes ${allow}`, { headers: { allow } });
}
