import type { Exchange } from "./exchange.ts";
import { contextVariable } from "./variables.ts";

/** The value of a parameter mapping: `'text'`, `method.request.header.Origin`, `context.requestId`, `stageVariables.x`. */
export function mappedValue(source: string, exchange: Exchange): string | undefined {
  const literal = /^'(.*)'$/s.exec(source);
  if (literal) return literal[1];
  const { received, pathParameters, api } = exchange;
  const [, place, name = ""] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
  if (place === "header") return received.header(name);
  if (place === "querystring") return received.query.findLast(([key]) => key === name)?.[1];
  if (place === "path") return pathParameters[name];
  if (source.startsWith("context.")) return contextVariable(source.slice("context.".length), exchange);
  if (source.startsWith("stageVariables.")) return api.stage.variables?.[source.slice("stageVariables.".length)];
  return undefined;
}
