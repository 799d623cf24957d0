import { packConfig } from "../policies/config.ts";
import { judge, type Finding } from "../policies/judge.ts";
import type { Resource } from "../policies/resource.ts";
import type { Graph, Node } from "./graph.ts";
import { recordStack, stackConfig, type RecordOptions } from "./stack.ts";

/** A stack as the program declares it, and what the policy pack says of it. */
export interface Preview extends Graph {
  stack: string;
  region: string;
  tier: "dev" | "prod";
  findings: Finding[];
}

/**
 * Records the stack and judges it, the way `pulumi preview --policy-pack policies` does. What AWS would invent stands in the
 * graph as a likely value, so no rule is left undecided. Fails as the program fails.
 */
export async function previewStack(
  stack: string,
  { answers, config: changed }: Pick<RecordOptions, "answers" | "config"> = {},
): Promise<Preview> {
  return judged(stack, await recordStack(stack, { answers, config: changed }), changed);
}

/** What the policy pack says of a recording of the stack, made under the same changed settings. */
export async function judged(stack: string, recorded: Graph, changed: Record<string, string> = {}): Promise<Preview> {
  const config = await stackConfig(stack, changed);
  const tier = config["slipway:tier"] as Preview["tier"];
  const findings = judge(recorded.nodes.map(asResource), { tier, config: packConfig(stack, tier) });
  return { ...recorded, stack, region: config["aws:region"]!, tier, findings };
}

/** Whether the engine would refuse the stack. */
export const refused = ({ findings }: Preview): boolean => findings.some(({ level }) => level === "mandatory");

/** A recorded resource as the policies see it. */
export function asResource({ type, name, parent, inputs, id, outputs, options }: Node): Resource {
  return { type, name, parent, props: inputs, outputs: { ...outputs, id }, options };
}
