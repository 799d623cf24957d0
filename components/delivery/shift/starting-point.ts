import { rollBackName } from "../states.ts";
import { concludeName } from "../traffic-target.ts";
import type { Execution, ShiftPorts } from "./ports.ts";
import { takeBack } from "./take-back.ts";

/**
 * The version from which a shift starts: the one that has all the traffic, once what an earlier shift has left behind is taken back. That
 * is a share of the traffic, or all of it, which a version kept because its shift was ended before it could give it back. Fails
 * when there is nothing that could have traffic.
 */
export async function startingPoint(workload: string, ports: ShiftPorts): Promise<string> {
  const version = await takenBack(workload, ports);
  if (version === undefined) throw new Error(`${workload}: nothing has traffic yet: run pulumi up --refresh`);
  return version;
}

async function takenBack(workload: string, ports: ShiftPorts): Promise<string | undefined> {
  const { traffic, executions, say } = ports;
  const serving = await traffic.serving();
  if (!serving) return undefined;
  const { version, weights } = serving;
  const [divided] = Object.keys(weights);
  const unfinished = divided === undefined ? await executions.latestTo(version) : undefined;
  if (divided !== undefined) {
    await takeBack(workload, { from: version, to: divided }, ports);
  } else if (unfinished && (await mayHaveLeft(unfinished, ports))) {
    say(
      `version ${version} has the traffic although the shift to it did not end well: ${executions.link(unfinished.arn)}`,
    );
    await takeBack(workload, unfinished.input, ports);
  } else {
    return version;
  }
  return (await traffic.serving())?.version;
}

/**
 * Whether an execution may have ended with all traffic on its new version: in the state that gives it, or in one that could not take it
 * back. Otherwise somebody gave it that traffic on purpose.
 */
async function mayHaveLeft({ arn, status, input }: Execution, { executions }: ShiftPorts): Promise<boolean> {
  if (status === "SUCCEEDED" || status === "RUNNING") return false;
  const { state = "" } = (await executions.lastEntered(arn)) ?? {};
  return state.startsWith(rollBackName) || state === concludeName || (input.weighted === false && atAll.test(state));
}

const atAll = / 100 per cent$/;
