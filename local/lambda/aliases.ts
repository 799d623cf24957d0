import type { Node } from "../graph.ts";

/** Where an alias sends its invocations. */
export interface AliasRouting {
  functionVersion: string;
  /** Share of the invocations, 0 to 1, by further version; the rest goes to `functionVersion`. */
  additionalVersionWeights: Record<string, number>;
}

/** Asked at every invocation, so weights may change while the host runs. */
export interface Aliases {
  find(functionName: string, alias: string): AliasRouting | undefined;
}

/** Aliases in memory, read from the graph; `set` moves one. */
export class AliasTable implements Aliases {
  readonly #routings = new Map<string, AliasRouting>();

  constructor(nodes: Node[] = []) {
    for (const { type, inputs, outputs } of nodes) {
      if (type !== "aws:lambda/alias:Alias") continue;
      this.set(functionNameIn(inputs.functionName), outputs.name ?? inputs.name, {
        functionVersion: inputs.functionVersion,
        additionalVersionWeights: { ...inputs.routingConfig?.additionalVersionWeights },
      });
    }
  }

  find(functionName: string, alias: string): AliasRouting | undefined {
    return this.#routings.get(`${functionName}:${alias}`);
  }

  set(functionName: string, alias: string, routing: AliasRouting): void {
    this.#routings.set(`${functionName}:${alias}`, routing);
  }
}

/** The version that one invocation of the alias runs; `draw` is a number in [0, 1). */
export function versionFor({ functionVersion, additionalVersionWeights }: AliasRouting, draw: number): string {
  let below = 0;
  for (const [version, weight] of Object.entries(additionalVersionWeights)) {
    below += weight;
    if (draw < below) return version;
  }
  return functionVersion;
}

/** The bare name in a name, a partial or a full ARN of a function. */
export function functionNameIn(reference: string): string {
  const words = reference.split(":");
  const at = words.indexOf("function");
  return at < 0 ? words[0]! : words[at + 1]!;
}
