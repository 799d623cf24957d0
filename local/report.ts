import type { Preview } from "./preview.ts";
import { forecastLines, forecasts } from "./rollout/forecast.ts";
import { treeOf } from "./tree.ts";
import { verdictOf } from "./verdict.ts";

/** A preview for people: what the stack is, its resources as a tree, what its way out costs, what its rollouts would do, and the verdict. */
export function reportOf(preview: Preview): string {
  const { nodes, stack, region, tier, outputs } = preview;
  return [
    `${stack} in ${region}, tier ${tier}: ${nodes.length} resources`,
    ...treeOf(nodes),
    "",
    `egress: ${String(outputs.egressCost)}`,
    "",
    ...forecasts(nodes).flatMap((forecast) => [...forecastLines(forecast), ""]),
    ...verdictOf(preview),
  ].join("\n");
}
