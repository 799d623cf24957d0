import { settleConflicts } from "./conflict.ts";
import { follow } from "./follow.ts";
import type { ShiftPorts } from "./ports.ts";
import { preflight } from "./preflight.ts";
import type { ShiftRules } from "./rules.ts";
import { takeBack } from "./take-back.ts";

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
  const serving = await ports.traffic.serving();
  if (!serving) throw new Error(`${workload}: nothing has traffic yet: run pulumi up --refresh`);
  // Weights without a shift were left behind by one that was stopped by hand.
  if (Object.keys(serving.weights).length > 0) await takeBack(workload, serving.version, ports);
  const from = serving.version;
  if (from === to) return;

  // What the slot with the traffic suffers from is no reason to keep its repair away from it.
  const own = serving.idle === undefined ? [] : (rules.slotAlarms?.[serving.idle] ?? []);
  const alarms = await preflight({ ...rules, alarms: [...own, ...rules.alarms] }, to, ports);
  const arn = await started({ from, to, alarms }, rules, ports);
  ports.say(`shifts from version ${from} to ${to}: ${ports.executions.link(arn)}`);
  return follow(arn, rules, ports);
}

/** Two runs at the same time take the same name and so get the same execution, also when they watch different alarms. */
async function started(
  input: { from: string; to: string; alarms: string[] },
  { workload }: ShiftRules,
  { executions }: ShiftPorts,
): Promise<string> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const arn = await executions.start(`${input.from}-to-${input.to}-${attempt}`, input);
    if (arn) return arn;
    const [twin] = (await executions.running()).filter(({ input: { to } }) => to === input.to);
    if (twin) return twin.arn;
  }
  throw new Error(
    `${workload}: version ${input.to} was tried ${mostAttempts} times from version ${input.from}: publish another version`,
  );
}
