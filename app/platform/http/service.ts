import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { TrieRouter } from "hono/router/trie-router";
import { tokenScope } from "../../contract.ts";
import type { Sql } from "../database/connection.ts";
import { type Caller, requireScope } from "../identity/caller.ts";
import type { Log } from "../telemetry/log.ts";
import type { Count } from "../telemetry/metrics.ts";
import { inSpan, xrayTraceId } from "../telemetry/spans.ts";
import { mayHaveBody, readBody } from "./body-limit.ts";
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
  /** X-Ray id of its trace, where that is not recorded; else its span knows. */
  traceId?: string;
  /** Finds out who asks; fails with 401. */
  identify: () => Caller | Promise<Caller>;
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

type Respond = (c: Exchanged, course: Course) => Promise<Response>;

/** The HTTP face of a service: its routes, and a problem for everything else. Knows neither its host nor AWS. */
export function createService({ routes, sql, log, count, origins = [] }: ServiceOptions): Service {
  const app = new Hono<Env>();
  if (origins.length > 0) app.use(cors({ origin: [...origins], exposeHeaders: readableHeaders }));
  // One handler per route, for which the framework needs no chain of middleware.
  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), observed(log, route, answering(route, sql, count)));
  }
  const known = methodsByPath(routes);
  const refuse = async (c: Exchanged) => refuseUnknown(known.match("ALL", c.req.path)[0][0]?.[0]);
  app.notFound(observed(log, undefined, refuse));
  return app;
}

// What a browser shows a page of another origin besides the body.
const readableHeaders = ["ETag", "Location", "X-Request-Id"];

/** One span and one log line for each request, whatever becomes of it. */
function observed(log: Log, route: Route | undefined, respond: Respond): (c: Exchanged) => Promise<Response> {
  const fine = route && route.scope === undefined ? "debug" : "info";
  return (c) => {
    const started = performance.now();
    const { method, path } = c.req;
    const attributes = { "http.request.method": method, "url.path": path, "http.route": route?.path };
    const name = route ? `${method} ${route.path}` : method;
    return inSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
      const { requestId, traceId = xrayTraceId(span) } = c.env;
      const course: Course = { log: log.bound({ request_id: requestId, trace_id: traceId }) };
      let response: Response;
      try {
        response = await respond(c, course);
      } catch (error) {
        response = refused(error, course.log, requestId);
      }
      const { status } = response;
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      const level = status >= 500 ? "error" : status === 200 ? fine : "info";
      const duration = Math.round((performance.now() - started) * 10) / 10;
      const line = { method, route: route?.path, status, duration_ms: duration, caller: course.caller?.id };
      course.log[level]("request", line);
      return response;
    });
  };
}

function refused(error: unknown, log: Log, requestId: string): Response {
  const problem = asProblem(error);
  if (problem.status >= 500) log.error("request failed", { error: asLogged(error) });
  return problem.toResponse(requestId);
}

/** Lets in who has the scope, reads what was sent, and answers with what the route's handler makes of it. */
function answering(route: Route, sql: Sql, count: Count): Respond {
  const scope = route.scope && tokenScope(route.scope);
  return async (c, course) => {
    if (scope !== undefined) {
      const caller = await c.env.identify();
      requireScope(caller, scope);
      course.caller = caller;
    }
    if (mayHaveBody(c)) await readBody(c);
    const takes = (name: string) => (route.headers?.some((header) => header === name) ? c.req.header(name) : undefined);
    const { caller = nobody, log } = course;
    const idempotencyKey = readIdempotencyKey(takes("Idempotency-Key"));
    const expectedVersion = readIfMatch(takes("If-Match"));
    const input = {
      params: route.params && read(route.params, c.req.param(), "path"),
      query: route.query && read(route.query, c.req.query(), "query"),
      body: route.body && read(route.body, await readJson(c.req), "body"),
    };
    const reply = await route.handle(input, { caller, sql, log, count, idempotencyKey, expectedVersion });
    const headers = {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": c.env.requestId,
    };
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: { ...headers, ...reply.headers },
    });
  };
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
