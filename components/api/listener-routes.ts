import { mostValues, type ServiceRoute } from "../service/listener-rules.ts";
import type { OpenApiDocument, Operation } from "./openapi.ts";
import { operationsOf } from "./routes.ts";

export interface ListenerRoutesArgs {
  document: OpenApiDocument;
  /** The service, as routes name it by `x-service`. */
  service: string;
  /** Every path of the service, as load balancers match them: where a browser may ask first. */
  paths: readonly string[];
  /** Whether pages of other origins call the service: then the service itself answers preflight requests. */
  crossOrigin: boolean;
}

/**
 * The routes of a service as a load balancer's rules, with the scope each asks for: the same document, and so the same doors, as the
 * gateway's. `*` in a path stands for any characters, so exact and longer paths come first. Fails on a route with several scopes: the
 * gateway takes any of them, a load balancer asks for all.
 */
export function listenerRoutes({ document, service, paths, crossOrigin }: ListenerRoutesArgs): ServiceRoute[] {
  const routes = operationsOf(document)
    .filter(({ operation }) => operation["x-service"] === service)
    .map(({ path, method, operation }) => ({
      path: path.replaceAll(/\{[^}]+\}/g, "*"),
      method: method.toUpperCase(),
      ...accessOf(`${method.toUpperCase()} ${path}`, operation),
    }));
  const grouped = Map.groupBy(routes, ({ method, scope, publicReason, path }) =>
    JSON.stringify([method, scope, publicReason, rank(path)]),
  );
  const rules = [...grouped.values()].flatMap((group) => {
    const { method, scope, publicReason } = group[0]!;
    return chunked(
      group.map(({ path }) => path),
      mostValues - 1,
    ).map((some) => ({ paths: some, methods: [method], ...(publicReason ? { publicReason } : { scope }) }));
  });
  const preflight = chunked([...paths], mostValues - 1).map((some) => ({
    paths: some,
    methods: ["OPTIONS"],
    publicReason: "a browser sends preflight requests without credentials",
  }));
  const ordered = rules.sort((a, b) => rank(a.paths[0]!) - rank(b.paths[0]!));
  return [...ordered, ...(crossOrigin ? preflight : [])];
}

/** Exact paths before patterns, and of patterns the deepest first. */
const rank = (path: string): number => (path.includes("*") ? 1000 - path.split("/").length : 0);

function accessOf(label: string, { security = [], "x-public-reason": publicReason }: Operation) {
  const scopes = security.flatMap((requirement) => Object.values(requirement).flat());
  if (scopes.length > 1) {
    throw new Error(`route "${label}" takes any of ${scopes.join(", ")}, a load balancer asks for all: name one scope`);
  }
  return scopes.length === 1 ? { scope: scopes[0]! } : { publicReason };
}

function chunked<T>(all: T[], size: number): T[][] {
  return all.length <= size ? [all] : [all.slice(0, size), ...chunked(all.slice(size), size)];
}
