import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { TrieRouter } from "hono/router/trie-router";
import type { Scope } from "../../contract.ts";
import type { Sql } from "../database/connection.ts";
import { type Caller, requireScope } from "../identity/caller.ts";
import { boundLog, type Log } from "../telemetry/log.ts";
import type { Count } from "../telemetry/metrics.ts";
import { inSpan, xrayTraceId } from "../telemetry/spans.ts";
import { readBody } from "./body-limit.ts";
import { asLogged, asProblem } from "./failure.ts";
import { read, readIdempotencyKey, readIfMatch, readJson } from "./input.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

/** What a host gives its service. */
export interface ServiceOptions {
  routes: readonly Route[];
  sql: Sql;
  log: Log;
  count: Count;
  /** Origins whose pages may read the answers. Defaults to none. */
  origins?: readonly string[];
}

/** What a host knows about one request besides the request. */
export interface Bindings {
  requestId: string;
  /** Finds out who asks; fails with 401. */
  identify: () => Promise<Caller>;
}

interface Env {
  Bindings: Bindings;
}

type Exchanged = Context<Env>;
export type Service = Hono<Env>;

/** What becomes known of a request on its way to the answer. */
interface Course {
  log: Log;
  caller?: Caller;
}

/** The HTTP face of a service: its routes, and a problem for everything else. Knows neither its host nor AWS. */
export function createService({ routes, sql, log, count, origins = [] }: ServiceOptions): Service {
  const app = new Hono<Env>();
  if (origins.length > 0) app.use(cors({ origin: [...origins], exposeHeaders: readableHeaders }));
  // One handler per route, for which the framework needs no chain of middleware.
  for (const route of routes) {
    const respond = (c: Exchanged) =>
      observe(c, log, route, (course) => answer(c, route, { course, sql, count }));
    app.on(route.method.toUpperCase(), honoPath(route.path), respond);
  }
  const known = methodsByPath(routes);
  app.notFound((c) => observe(c, log, undefined, async () => refuseUnknown(known.match("ALL", c.req.path)[0][0]?.[0])));
  return app;
}

// What a browser shows a page of another origin besides the body.
const readableHeaders = ["ETag", "Location", "X-Request-Id"];

/** One span and one log line for each request, whatever becomes of it. */
function observe(
  c: Exchanged,
  log: Log,
  route: Route | undefined,
  respond: (course: Course) => Promise<Response>,
): Promise<Response> {
  const started = performance.now();
  const { requestId } = c.env;
  const { method, path } = c.req;
  const attributes = { "http.request.method": method, "url.path": path, "http.route": route?.path };
  const name = route ? `${method} ${route.path}` : method;
  return inSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
    const course: Course = { log: boundLog(log, { request_id: requestId, trace_id: xrayTraceId(span) }) };
    const response = await respond(course).catch((error) => refused(error, course.log, requestId));
    const { status } = response;
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    const level = status >= 500 ? "error" : route && route.scope === undefined && status === 200 ? "debug" : "info";
    const duration = Math.round((performance.now() - started) * 10) / 10;
    const line = { method, route: route?.path, status, duration_ms: duration, caller: course.caller?.id };
    course.log[level]("request", line);
    return response;
  });
}

function refused(error: unknown, log: Log, requestId: string): Response {
  const problem = asProblem(error);
  if (problem.status >= 500) log.error("request failed", { error: asLogged(error) });
  return problem.toResponse(requestId);
}

interface Needs extends Pick<ServiceOptions, "sql" | "count"> {
  course: Course;
}

async function answer(c: Exchanged, route: Route, { course, sql, count }: Needs): Promise<Response> {
  const caller = route.scope === undefined ? nobody : await admitted(c, route.scope, course);
  await readBody(c);
  const takes = (name: string) => (route.headers?.some((header) => header === name) ? c.req.header(name) : undefined);
  const idempotencyKey = readIdempotencyKey(takes("Idempotency-Key"));
  const expectedVersion = readIfMatch(takes("If-Match"));
  const input = {
    params: route.params && read(route.params, c.req.param(), "path"),
    query: route.query && read(route.query, c.req.query(), "query"),
    body: route.body && read(route.body, await readJson(c.req), "body"),
  };
  const { log } = course;
  const { status, body, headers } = await route.handle(input, { caller, sql, log, count, idempotencyKey, expectedVersion });
  const standard = { "content-type": "application/json", "cache-control": "no-store", "x-request-id": c.env.requestId };
  return new Response(JSON.stringify(body), { status, headers: { ...standard, ...headers } });
}

/** Lets in who has the scope. */
async function admitted(c: Exchanged, scope: Scope, course: Course): Promise<Caller> {
  const caller = await c.env.identify();
  requireScope(caller, scope);
  course.caller = caller;
  return caller;
}

/** Who asks on a public route. */
const nobody: Caller = { id: "", scopes: new Set() };

const honoPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");

/** The methods of each path, to be matched by path alone. */
function methodsByPath(routes: readonly Route[]): TrieRouter<string[]> {
  const paths = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const methods = method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()];
    paths.set(honoPath(path), [...(paths.get(honoPath(path)) ?? []), ...methods]);
  }
  const router = new TrieRouter<string[]>();
  for (const [path, methods] of paths) router.add("ALL", path, methods);
  return router;
}

function refuseUnknown(methods: string[] | undefined): never {
  if (!methods) throw new Problem(404, "no-such-path", "there is nothing at this path");
  const allow = methods.toSorted().join(", ");
  throw new Problem(405, "method-not-allowed", `this path takes ${allow}`, { headers: { allow } });
}
