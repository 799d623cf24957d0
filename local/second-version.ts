import type { Node } from "./graph.ts";

/** What shifts the traffic of a function, and of a service in two slots. */
const rollouts = ["slipway:index:Rollout", "slipway:index:SlotRollout"];

/** Fails on a service whose second version the stack would not shift step by step: only such a one can have one here. */
export function refuseRollout(service: string, nodes: Node[]): void {
  const able = nodes.flatMap(({ type, parent }) => (rollouts.includes(type) && parent ? [parent] : []));
  if (able.includes(service)) return;
  const choice = able.length > 0 ? `use one of ${able.join(", ")}` : "this stack has none";
  throw new Error(`--rollout must be a service that the stack shifts step by step, got "${service}": ${choice}`);
}
