import type { EnteredState, MachineEnd } from "./machine.ts";

interface RolloutData {
  from: string;
  to: string;
  failure?: { Error?: string; Cause?: string };
}

/** What entering a state means to somebody who watches, as one line; undefined where nothing is seen of it. */
export function told({ name, data }: EnteredState): string | undefined {
  const { from, to, failure } = data as RolloutData;
  const [, percent] = /^Shift to (\d+) per cent$/.exec(name) ?? [];
  if (percent) return `${percent} % on version ${to}`;
  if (name === "Load new version") return `the tasks of version ${to} start`;
  if (name === "Stop old version") return `the tasks of version ${from} end`;
  if (name === "Smoke test" || name === "Ask load balancer") return `version ${to} is tried before it has any traffic`;
  if (name === "Roll back") return `${failure?.Cause ?? failure?.Error}`;
  if (name === "Rolled back") return `all traffic is back on version ${from}`;
  return undefined;
}

/** How a rollout ended, as one line. */
export function outcome({ status, error }: MachineEnd, to: string): string {
  if (status === "SUCCEEDED") return `version ${to} has all the traffic`;
  return `version ${to} was rolled back: ${error ?? status.toLowerCase()}`;
}

/** Requests of a stretch of time by version, and how many of them failed: `version 1 27, version 2 3 (3 failed)`. */
export function tally(answers: readonly { executedVersion: string | undefined; status: number }[]): string {
  const versions = Map.groupBy(
    answers.filter(({ executedVersion }) => executedVersion !== undefined),
    ({ executedVersion }) => executedVersion!,
  );
  const parts = [...versions]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([version, of]) => {
      const failed = of.filter(({ status }) => status >= 500).length;
      return `version ${version} ${of.length}${failed > 0 ? ` (${failed} failed)` : ""}`;
    });
  return parts.join(", ") || "no requests";
}
