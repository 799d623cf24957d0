import type * as z from "zod/mini";
import type { Scope } from "../../contract.ts";
import type { Caller } from "../identity/caller.ts";
import type { Sql } from "../database/connection.ts";
import type { Log } from "../telemetry/log.ts";
import type { Count } from "../telemetry/metrics.ts";

export type Schema = z.ZodMiniType;

type Read<S> = S extends Schema ? z.output<S> : undefined;

/** What a handler gets to know besides its input. */
export interface Exchange {
  caller: Caller;
  sql: Sql;
  log: Log;
  count: Count;
  /** The `Idempotency-Key` header, checked; only on routes that take one. */
  idempotencyKey?: string;
  /** The version named by `If-Match`; only on routes that take it. */
  expectedVersion?: number;
}

export interface Reply {
  status: 200 | 201;
  body: object;
  headers?: Record<string, string>;
}

export interface Answer {
  description: string;
  /** Schema of the body; the common problem unless told. */
  schema?: Schema;
}

export interface Route {
  method: "get" | "post" | "patch";
  /** OpenAPI path, for example `/patients/{patientId}`. */
  path: string;
  operationId: string;
  summary: string;
  /** Scope the caller's token needs; a route without one says in `publicReason` why it is open. */
  scope?: Scope;
  publicReason?: string;
  params?: Schema;
  query?: Schema;
  body?: Schema;
  headers?: readonly ("Idempotency-Key" | "If-Match")[];
  /** Answers by status, besides the ones every route has. */
  answers: Record<number, Answer>;
  handle(input: { params: unknown; query: unknown; body: unknown }, exchange: Exchange): Promise<Reply>;
}

interface TypedRoute<P, Q, B> extends Omit<Route, "params" | "query" | "body" | "handle"> {
  params?: P;
  query?: Q;
  body?: B;
  handle(input: { params: Read<P>; query: Read<Q>; body: Read<B> }, exchange: Exchange): Promise<Reply>;
}

/** Declares one route; its handler's input has the types of the schemas. Fails on a route that is neither closed nor says why. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(typed: TypedRoute<P, Q, B>): Route {
  if ((typed.scope === undefined) === (typed.publicReason === undefined)) {
    throw new Error(`route ${typed.operationId} needs either a scope or a publicReason`);
  }
  return typed as unknown as Route;
}

const problemTexts: Record<number, string> = {
  400: "The request is malformed",
  401: "There is no valid token",
  403: "The token lacks the scope",
  404: "There is nothing with this id",
  409: "The slot is taken or the state does not allow it",
  412: "The thing has changed since it was read",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The Idempotency-Key was used for another request",
  429: "More requests came than the gateway lets through: ask again later",
  500: "The service failed",
  502: "The service crashed, or what it answered is no answer",
  503: "The database cannot be reached",
  504: "The service did not answer in time",
};

/** Problem answers for a route's table. */
export function problems(...statuses: number[]): Record<number, Answer> {
  return Object.fromEntries(statuses.map((status) => [status, { description: problemTexts[status] ?? "" }]));
}

/** The problems every route may answer with, those of the gateway among them. */
export const commonProblems = problems(429, 500, 502, 503, 504);

/** What comes on top where a token is needed. */
export const tokenProblems = problems(400, 401, 403);
