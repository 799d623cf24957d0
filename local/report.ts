import type { Preview } from "./preview.ts";
import { treeOf } from "./tree.ts";
import { verdictOf } from "./verdict.ts";

/** A preview for people: what the stack is, its resources as a tree, and the verdict. */
export function reportOf(preview: Preview): string {
  const { nodes, stack, region, tier } = preview;
  return [
    `${stack} in ${region}, tier ${tier}: ${nodes.length} resources`,
    ...treeOf(nodes),
    "",
    ...verdictOf(preview),
  ].join("\n");
}
