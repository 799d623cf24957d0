import type { Execution, ShiftPorts } from "./ports.ts";
import { progressOf } from "./progress.ts";
import type { ShiftRules } from "./rules.ts";
import { wasStopped } from "./settle.ts";
import { takeBack } from "./take-back.ts";

const lookSeconds = 10;
// The state machine carries on without us, so a while without an answer is no reason to give up.
const patience = 12;
/** How much longer than the state machine itself the hook waits before it stops it. */
const graceSeconds = 300;

/**
 * Follows an execution to its end and says where it is. Fails when the version did not get the traffic, with the alarm and the
 * step or the error of the call, and only once the traffic is back.
 */
export async function follow(arn: string, rules: ShiftRules, ports: ShiftPorts): Promise<void> {
  const execution = await ended(arn, rules, ports);
  const { status, input, error, cause } = execution;
  const { workload } = rules;
  if (status === "SUCCEEDED") return ports.say(`100 % on version ${input.to}, done`);
  // It may have failed without having given anything back: an error of the state machine itself cannot be caught.
  const where = await takeBack(workload, input, ports, wasStopped(status) ? execution : undefined);
  const why = status === "FAILED" ? reason(error, cause) : `the shift was ${status.toLowerCase().replace("_", " ")}`;
  throw new Error(`${workload}: version ${input.to} was rolled back, ${where}: ${why}; ${ports.executions.link(arn)}`);
}

/** An alarm or a smoke test says all in its cause; any other error is the name of what a call failed with. */
function reason(error = "no reason given", cause = ""): string {
  return ["AlarmFired", "SmokeTestFailed"].includes(error) ? cause : [error, cause].filter(Boolean).join(": ");
}

async function ended(arn: string, rules: ShiftRules, ports: ShiftPorts): Promise<Execution> {
  const { executions, say } = ports;
  let said = "";
  for (let silent = 0; ;) {
    try {
      const execution = await executions.describe(arn);
      if (execution.status !== "RUNNING") return execution;
      const line = progressOf(await executions.lastEntered(arn), execution.input.bakeMinutes, execution.input.to);
      if (line !== undefined && line !== said) say((said = line));
      // One that was started by hand may not say; Step Functions ends it in any case.
      const { longestSeconds = Infinity } = execution.input;
      if (ports.now() - execution.startedAt > (longestSeconds + graceSeconds) * 1000) {
        await executions.stop(arn, "it took longer than it can");
        return { ...execution, status: "ABORTED" };
      }
      silent = 0;
    } catch (error) {
      if (++silent > patience) {
        throw new Error(
          `${rules.workload}: lost sight of the shift, which goes on by itself: run pulumi up again to follow it: ${(error as Error).message}; ${executions.link(arn)}`,
          { cause: error },
        );
      }
    }
    await ports.sleep(lookSeconds);
  }
}
