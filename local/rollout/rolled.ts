import type { Node } from "../graph.ts";

/** One slot as a state machine knows it. */
export interface RolledSlot {
  /** Name of the ECS service. */
  service: string;
  /** ARN of its target group. */
  group: string;
  alarms: string[];
}

/** A workload whose traffic a state machine of the graph shifts, by what the machine says. */
export interface Rolled {
  /** Name of the function, or of the family of a service in two slots. */
  workload: string;
  definition: string;
  /** Alarms on whatever version it is about; those of two slots are each about one slot. */
  alarms: string[];
  /** Where the versions of a service in two slots go. */
  slots?: { clusterName: string; familyArn: string; ruleArn: string; blue: RolledSlot; green: RolledSlot };
}

interface State {
  Parameters?: { FunctionName?: string; RuleArn?: string; Cluster?: string; "TaskDefinition.$"?: string };
  Result?: unknown;
}

/** Every workload of the graph that is shifted by a state machine. */
export function rolledIn(nodes: Node[]): Rolled[] {
  return nodes
    .filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine")
    .map(({ inputs }) => rolledBy(inputs.definition));
}

/** What a definition says of the workload it is about. */
export function rolledBy(definition: string): Rolled {
  const { States: states } = JSON.parse(definition) as { States: Record<string, State> };
  const back = states["Roll back"]?.Parameters;
  const watched = states["Watch all alarms"]?.Result;
  const alarms = Array.isArray(watched) ? (watched as string[]) : [];
  const found = states["Into green"]?.Result as { new: RolledSlot; old: RolledSlot } | undefined;
  if (!found) return { workload: back?.FunctionName ?? "", definition, alarms };
  const load = states["Load new version"]?.Parameters;
  const [, familyArn = ""] = /'([^']+):\{\}'/.exec(load?.["TaskDefinition.$"] ?? "") ?? [];
  const place = { clusterName: load?.Cluster ?? "", familyArn, ruleArn: back?.RuleArn ?? "" };
  const slots = { ...place, green: found.new, blue: found.old };
  return { workload: familyArn.split("/").at(-1)!, definition, alarms, slots };
}
