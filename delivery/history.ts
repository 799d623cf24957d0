import type { Execution } from "../components/delivery/shift/ports.ts";

/** Versions that had all the traffic, the last one first, as far as the shifts tell: Step Functions keeps them for 90 days. */
export function onceLive(shifts: readonly Execution[]): string[] {
  const byStart = [...shifts].sort((a, b) => b.startedAt - a.startedAt);
  const versions = byStart.flatMap(({ status, input }) =>
    status === "SUCCEEDED" ? [input.to, input.from] : [input.from],
  );
  return [...new Set(versions)];
}

/**
 * The version to go back to: `wanted`, or for `last-good` the last one published before `current` that had all the traffic, so that
 * going back twice does not lead to where one came from. Fails on one that never had it, on the current one, and when there is none.
 */
export function targetOf(wanted: string, current: string, shifts: readonly Execution[]): string {
  const live = onceLive(shifts);
  const others = live.filter((version) => version !== current);
  const known = others.length > 0 ? `use one of ${others.join(", ")}` : "there is none to go back to";
  if (wanted === current) throw new Error(`--to ${wanted} has all the traffic already: ${known}`);
  if (wanted !== "last-good") {
    if (!live.includes(wanted))
      throw new Error(`--to ${wanted} never had all the traffic in the last 90 days, nothing was moved: ${known}`);
    return wanted;
  }
  const earlier = others.find((version) => Number(version) < Number(current));
  if (!earlier)
    throw new Error(
      `--to last-good finds no version before ${current} that had all the traffic, nothing was moved: ${known}`,
    );
  return earlier;
}
