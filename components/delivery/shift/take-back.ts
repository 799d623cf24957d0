import type { Serving, ShiftPorts } from "./ports.ts";

const attempts = 5;

/**
 * Gives everything back to `from` for as long as `to` has traffic, after executions that ended without doing so themselves. What
 * somebody else has done to the traffic meanwhile, such as a roll-back to an earlier version, stays. Returns where the traffic is, for
 * people. Fails, naming the command that does it by hand, when AWS goes on refusing.
 */
export async function takeBack(
  workload: string,
  { from, to }: { from: string; to: string },
  ports: ShiftPorts,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const serving = await ports.traffic.serving();
      if (!serving) return "nothing is left that could have traffic";
      if (serving.version !== to && !(to in serving.weights)) return left(serving, from, ports);
      await ports.traffic.giveAll(from, serving);
      ports.say(`all traffic is back on version ${from}`);
      return allOn(from);
    } catch (error) {
      if (attempt === attempts) {
        throw new Error(
          `${workload}: the traffic could not be given back to version ${from}: ${(error as Error).message}; see "by hand" in docs/operations.md`,
          { cause: error },
        );
      }
      await ports.sleep(2 ** attempt);
    }
  }
}

const allOn = (version: string) => `all traffic is on version ${version}`;

function left({ version, weights }: Serving, from: string, { say }: ShiftPorts): string {
  const others = Object.keys(weights);
  if (version === from && others.length === 0) return allOn(from);
  const what = `the traffic is on version ${[version, ...others].join(" and ")}, as somebody else has set it`;
  say(what);
  return what;
}
