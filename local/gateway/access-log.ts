import type { Exchange, Reply } from "./exchange.ts";
import { contextVariable, variablePattern } from "./variables.ts";

/** The line of the stage's access log: its format with every `$context` variable filled in, `-` where there is no value. */
export function accessLogLine(format: string, exchange: Exchange, reply: Reply, latencyMillis: number): string {
  return format.replace(variablePattern, (reference, root: string, name: string) => {
    return root === "context" ? (contextVariable(name, exchange, reply, latencyMillis) ?? "-") : reference;
  });
}
