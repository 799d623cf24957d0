import type { Execution, ShiftPorts } from "./ports.ts";
import type { ShiftRules } from "./rules.ts";
import { wasStopped } from "./settle.ts";
import { takeBack } from "./take-back.ts";

const lookSeconds = 15;

/**
 * Sees to it that no shift to a version other than `to` is under way: waits for it, stops it and takes its traffic back, or
 * refuses. To be called before anything is changed that such a shift relies on.
 */
export async function settleConflicts(rules: ShiftRules, to: string, ports: ShiftPorts): Promise<void> {
  const { workload, onConflict } = rules;
  const others = (await ports.executions.running()).filter(({ input }) => input.to !== to);
  for (const other of others) {
    const what = `a shift from version ${other.input.from} to ${other.input.to} is under way`;
    const link = ports.executions.link(other.arn);
    if (onConflict === "refuse") {
      throw new Error(
        `${workload}: ${what}, no traffic was moved: wait for it, or set onConflict to wait or cancel; ${link}`,
      );
    }
    ports.say(`${what}, ${onConflict === "wait" ? "waiting for it" : "cancelling it"}: ${link}`);
    if (onConflict === "cancel") {
      await ports.executions.stop(other.arn, `cancelled for version ${to}`);
      await takeBack(workload, other.input, ports, other);
    } else {
      await ended(other, rules, ports);
    }
  }
  // What was waited for may have been followed by another one.
  if (others.length > 0) await settleConflicts(rules, to, ports);
}

async function ended(other: Execution, rules: ShiftRules, ports: ShiftPorts): Promise<void> {
  const deadline = ports.now() + (other.input.longestSeconds ?? rules.longestSeconds) * 1000;
  for (;;) {
    const { status } = await ports.executions.describe(other.arn);
    if (status === "SUCCEEDED") return;
    if (status !== "RUNNING") {
      const stopped = wasStopped(status) ? other : undefined;
      return void (await takeBack(rules.workload, other.input, ports, stopped));
    }
    if (ports.now() >= deadline) {
      throw new Error(
        `${rules.workload}: the shift to version ${other.input.to} does not end: stop it, then run pulumi up again`,
      );
    }
    await ports.sleep(lookSeconds);
  }
}
