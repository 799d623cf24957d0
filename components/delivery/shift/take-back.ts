import type { ShiftPorts } from "./ports.ts";

const attempts = 5;

/**
 * Makes sure all traffic is on `version`, for executions that ended without doing so themselves. Fails, naming the command that
 * does it by hand, when AWS goes on refusing.
 */
export async function takeBack(workload: string, version: string, ports: ShiftPorts): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const serving = await ports.traffic.serving();
      if (!serving) return;
      if (serving.version === version && Object.keys(serving.weights).length === 0) return;
      await ports.traffic.giveAll(version);
      ports.say(`all traffic is back on version ${version}`);
      return;
    } catch (error) {
      if (attempt === attempts) {
        throw new Error(
          `${workload}: the traffic could not be given back to version ${version}: ${(error as Error).message}; see "by hand" in docs/operations.md`,
          { cause: error },
        );
      }
      await ports.sleep(2 ** attempt);
    }
  }
}
