import { instance } from "@viz-js/viz";
import type { Node } from "../local/graph.ts";

/** The picture of a graph, as SVG. */
export async function pictureOf(nodes: Node[]): Promise<string> {
  const svg = (await instance()).renderString(diagramOf(nodes), { format: "svg" });
  // Lines of a size of their own would be placed by the width they had in a font that the reader may not have; these are centred.
  const boxes = svg.replaceAll(/<g id="node[^]*?<\/g>/g, (box) =>
    // From the first line's beginning to the last one's size.
    box.replace(/<text ([^]*)font-size="13.00"/, '<text font-weight="bold" $1font-size="10.00"'),
  );
  return boxes.replace(/<!--[^]*?-->\n?/g, "");
}

/**
 * The components at the top of a graph and who refers to whom, in Graphviz's language. A component refers to another when an
 * input below it holds an id, an ARN or a name that AWS gave to something below the other.
 */
export function diagramOf(nodes: Node[]): string {
  const tops = nodes.filter(({ type, parent }) => parent === undefined && type.startsWith("slipway:"));
  const topOf = (node: Node): string => {
    const parent = node.parent && nodes.find(({ name }) => name === node.parent);
    return parent ? topOf(parent) : node.name;
  };
  const [owners, named] = [new Map<string, string>(), new Map<string, string>()];
  for (const node of nodes) {
    for (const word of wordsOf(node)) owners.set(word, owners.get(word) ?? topOf(node));
    const { name } = node.inputs;
    // What two have is no name of either.
    if (typeof name === "string") named.set(name, (named.get(name) ?? topOf(node)) === topOf(node) ? topOf(node) : "");
  }
  const refers = new Map(tops.map(({ name }) => [name, new Set<string>()]));
  for (const node of nodes) {
    const text = JSON.stringify(node.inputs);
    // A dimension of a metric is the name of what is measured.
    for (const [word, owner] of node.type === "aws:cloudwatch/metricAlarm:MetricAlarm"
      ? [...owners, ...named]
      : owners) {
      if (owner !== topOf(node) && refers.has(owner) && isIn(text, word)) refers.get(topOf(node))?.add(owner);
    }
  }
  const edges = [...refers].flatMap(([from, to]) =>
    [...to].filter((name) => !reachable(from, name, refers)).map((name) => `"${from}" -> "${name}"`),
  );
  const boxes = tops.map(({ name, type }) => {
    const made = nodes.filter((node) => topOf(node) === name && node.type.startsWith("aws")).length;
    return `"${name}" [label="${name}\\n${type.split(":").at(-1)}${made ? `, ${made} resources` : ""}"]`;
  });
  return [
    "digraph slipway {",
    'graph [rankdir=LR, bgcolor=transparent, nodesep=0.25, ranksep=0.6, pad=0.2, fontname="Helvetica"]',
    'node [shape=box, style="rounded,filled", margin="0.2,0.1", fillcolor="#f4f6f8", color="#5b6b7a", fontcolor="#1d2630", fontname="Helvetica", fontsize=13]',
    'edge [color="#8795a3", arrowsize=0.7]',
    ...boxes,
    ...edges.sort(),
    "}",
  ].join("\n");
}

/** Whether `word` stands in `text` as a whole, not as the beginning of a longer name. */
function isIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text[at + word.length] ?? "")) return true;
  }
  return false;
}

/** Whether `to` can be reached by way of a third: then the arrow from `from` to it says nothing new. */
function reachable(from: string, to: string, refers: Map<string, Set<string>>): boolean {
  const seen = new Set<string>();
  const walk = (at: string): boolean => {
    if (seen.has(at)) return false;
    seen.add(at);
    return [...(refers.get(at) ?? [])].some((next) => (next === to && at !== from) || (next !== to && walk(next)));
  };
  return walk(from);
}

/** What AWS lets others know a resource by. A name that the program chose may mean something else, too: a database user, say. */
function wordsOf({ id, inputs, outputs }: Node): string[] {
  const invented = id === inputs.name || /^\d*$/.test(id) ? undefined : id;
  return [invented, outputs.arn, outputs.address, outputs.executionArn].filter(
    (word) => typeof word === "string" && word.length > 9,
  );
}
