import type { Node } from "./graph.ts";

/** The resources as a tree, one line each: children under their parents, in the order the program made them. */
export function treeOf(nodes: Node[]): string[] {
  const children = Map.groupBy(nodes, ({ parent }) => parent);
  const width = Math.max(0, ...nodes.map(({ name }) => name.length));
  const lines: string[] = [];
  const descend = (parent: string | undefined, indent: string) => {
    const here = children.get(parent) ?? [];
    here.forEach((node, index) => {
      const last = index === here.length - 1;
      const branch = parent === undefined ? "" : last ? "└─ " : "├─ ";
      const label = `${indent}${branch}${shortName(node)}`;
      lines.push(`${label.padEnd(width + 6)} ${shortType(node.type)}${node.options.protect ? "  protected" : ""}`);
      if (children.has(node.name)) descend(node.name, parent === undefined ? "" : `${indent}${last ? "   " : "│  "}`);
    });
  };
  descend(undefined, "");
  return lines;
}

/** A child's name repeats its parent's: only the part that is its own. */
function shortName({ name, parent }: Node): string {
  return parent && name.startsWith(`${parent}-`) ? name.slice(parent.length + 1) : name;
}

/** `aws:lambda/function:Function` as people write it: `aws:lambda:Function`. */
export function shortType(type: string): string {
  return type.replace(/^([^:]+):([^:/]+)(?:\/[^:]+)?:/, (_, pkg, module) =>
    module === "index" ? `${pkg}:` : `${pkg}:${module}:`,
  );
}
