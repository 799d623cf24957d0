import type { Graph } from "../local/graph.ts";
import { recordStack, type RecordOptions } from "../local/stack.ts";

const graphs = new Map<string, Promise<Graph>>();

/**
 * The stack of this name as its program declares it, recorded once for all specs of a process. It belongs to all of them: it is
 * frozen, and who wants to change something takes a copy.
 */
export function recorded(stack: string, options: Pick<RecordOptions, "config" | "preview"> = {}): Promise<Graph> {
  const key = JSON.stringify([stack, options.config ?? {}, options.preview ?? false]);
  let graph = graphs.get(key);
  if (!graph) {
    graph = recordStack(stack, options).then(frozen);
    graphs.set(key, graph);
  }
  return graph;
}

/** The settings under which each service runs on the runtime of the same place. */
export const runtimes = (patients: string, appointments: string): Record<string, string> => ({
  "slipway:services": JSON.stringify({ patients: { runtime: patients }, appointments: { runtime: appointments } }),
});

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
