import type { Execution, Serving, ShiftPorts } from "./ports.ts";
import { begunSince, hasAll, lateCallSeconds, settle, shownVersions } from "./settle.ts";

/**
 * Gives everything back to `from` for as long as `to` has traffic, after executions that ended without doing so themselves. What
 * somebody else has done to the traffic meanwhile, such as a roll-back to an earlier version, or does by a new shift, stays. `stopped`
 * is the one that was stopped only now: a call of its may still land and is waited for. Returns where the traffic is, for people. Fails, naming
 * the page that says how to do it by hand, when AWS goes on refusing.
 */
export async function takeBack(
  workload: string,
  { from, to }: { from: string; to: string },
  ports: ShiftPorts,
  stopped?: Execution,
): Promise<string> {
  const { traffic, say } = ports;
  const until = stopped ? ports.now() + lateCallSeconds * 1000 : 0;
  try {
    const settled = await settle({
      ...{ traffic, clock: ports, until },
      ...(stopped && { begun: () => begunSince([stopped], ports.executions) }),
      wrong: ({ version, weights, empty }) => version === to || to in weights || (version === from && empty === true),
      async mend(serving) {
        await traffic.giveAll(from, serving);
        say(`all traffic is back on version ${from}`);
      },
    });
    return settled ? left(settled, from, ports) : "nothing is left that could have traffic";
  } catch (error) {
    throw new Error(
      `${workload}: the traffic could not be given back to version ${from}: ${(error as Error).message}; see "by hand" in docs/operations.md`,
      { cause: error },
    );
  }
}

function left(serving: Serving, from: string, { say }: ShiftPorts): string {
  if (hasAll(serving, from)) return `all traffic is on version ${from}`;
  const what = `the traffic is on version ${shownVersions(serving)}, as somebody else has set it`;
  say(what);
  return what;
}
