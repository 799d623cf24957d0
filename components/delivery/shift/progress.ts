import type { Entered } from "./ports.ts";

/** Where an execution is, as one line for people; the same line as long as nothing has happened. `bakeMinutes` may be unknown. */
export function progressOf(entered: Entered | undefined, bakeMinutes: number | undefined, version: string): string {
  if (!entered) return `the shift to version ${version} begins`;
  const { state, data } = entered;
  const percent = percentIn(state);
  if (percent === undefined) return `${state.charAt(0).toLowerCase()}${state.slice(1)}, version ${version}`;
  const polls = pollsIn(data);
  if (state.startsWith("Alarm")) return `${percent} % on version ${version}, an alarm fires`;
  if (polls === undefined || state.startsWith("Shift")) return `${percent} % on version ${version}`;
  const time = bakeMinutes === undefined ? polls : `${polls} of ${bakeMinutes}`;
  return `${percent} % on version ${version}, ${time} min, alarms quiet`;
}

function percentIn(state: string): number | undefined {
  const [, percent] = /(?:at|to) (\d+) per cent$/.exec(state) ?? [];
  return percent === undefined ? undefined : Number(percent);
}

function pollsIn(data: unknown): number | undefined {
  const polls = (data as { bake?: { polls?: unknown } } | undefined)?.bake?.polls;
  return typeof polls === "number" ? polls : undefined;
}
