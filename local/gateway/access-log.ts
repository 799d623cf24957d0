import type { Exchange, Reply } from "./exchange.ts";
import { contextVariable, variablePattern } from "./variables.ts";

/**
 * The line of the stage's access log: its format with every `$context` variable filled in, `-` where there is no value. In a
 * JSON format values are escaped, so that no client can write members of its own into the line.
 */
export function accessLogLine(format: string, exchange: Exchange, reply: Reply, latencyMillis: number): string {
  const json = format.trimStart().startsWith("{");
  return format.replace(variablePattern, (reference, root: string, name: string) => {
    if (root !== "context") return reference;
    const value = contextVariable(name, exchange, reply, latencyMillis) ?? "-";
    // This one variable comes with its quotes.
    return json && name !== "error.messageString" ? JSON.stringify(value).slice(1, -1) : value;
  });
}
