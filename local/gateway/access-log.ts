import type { Exchange, Reply } from "./exchange.ts";
import { contextVariable } from "./variables.ts";

/** The line of the stage's access log: its format with every `$context` variable filled in, `-` where there is no value. */
export function accessLogLine(format: string, exchange: Exchange, reply: Reply, latencyMillis: number): string {
  return format.replace(/\$context\.([A-Za-z]\w*(?:\.[\w:-]+)*)/g, (_, name: string) => {
    return contextVariable(name, exchange, reply, latencyMillis) ?? "-";
  });
}
