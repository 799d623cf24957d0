import type { RolloutInput } from "../state-machine.ts";
import { settleConflicts } from "./conflict.ts";
import { follow } from "./follow.ts";
import type { ShiftPorts } from "./ports.ts";
import { preflight } from "./preflight.ts";
import type { ShiftRules } from "./rules.ts";
import { startingPoint } from "./starting-point.ts";

/** Names an execution may have had before; they stay taken for 90 days after its end. */
const mostAttempts = 100;

/**
 * Gives the traffic to version `to`, step by step, and returns when it has it all. Follows the shift to that version that an
 * earlier run started, if it is still under way; does nothing when the version has the traffic already. Fails, with the traffic
 * where it was, when the shift is refused or rolled back.
 */
export async function shiftTraffic(rules: ShiftRules, to: string, ports: ShiftPorts): Promise<void> {
  const { workload } = rules;
  await settleConflicts(rules, to, ports);
  const earlier = (await ports.executions.running()).find(({ input }) => input.to === to);
  if (earlier) {
    ports.say(`follows the shift to version ${to} that an earlier run started: ${ports.executions.link(earlier.arn)}`);
    return follow(earlier.arn, rules, ports);
  }
  const from = await startingPoint(workload, ports);
  if (from === to) return;

  const { bakeMinutes, longestSeconds, weighted } = rules;
  const alarms = await preflight(await watching(rules, ports), to, ports);
  const arn = await started({ from, to, alarms, bakeMinutes, longestSeconds, weighted }, rules, ports);
  if (arn === undefined) return shiftTraffic(rules, to, ports);
  ports.say(`shifts from version ${from} to ${to}: ${ports.executions.link(arn)}`);
  return follow(arn, rules, ports);
}

/** The rules with the alarms of the idle slot: what the one with the traffic suffers from is no reason to keep its repair away from it. */
async function watching(rules: ShiftRules, { traffic }: ShiftPorts): Promise<ShiftRules> {
  if (!rules.slotAlarms) return rules;
  const { idle = "" } = (await traffic.serving()) ?? {};
  return { ...rules, alarms: [...(rules.slotAlarms[idle] ?? []), ...rules.alarms] };
}

/**
 * Two runs at the same time take the same name and so get the same execution, also when they watch different alarms. What a name stands
 * for is asked by the name: the list of what is under way may not have it yet. Undefined when a shift under that name has
 * moved the traffic away from `from` in the meantime.
 */
async function started(
  input: RolloutInput,
  { workload }: ShiftRules,
  { executions, traffic }: ShiftPorts,
): Promise<string | undefined> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const name = `${input.from}-to-${input.to}-${attempt}`;
    const arn = await executions.start(name, input);
    if (arn) return arn;
    const twin = await executions.named(name);
    if (twin?.status === "RUNNING") return twin.arn;
    if (twin?.status === "SUCCEEDED" && (await traffic.serving())?.version !== input.from) return undefined;
  }
  throw new Error(
    `${workload}: version ${input.to} was tried ${mostAttempts} times from version ${input.from}: publish another version`,
  );
}
