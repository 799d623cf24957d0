import type { Entered } from "./ports.ts";

/**
 * Where an execution is, as one line for people; the same line as long as nothing has happened, and none in a state that tells nobody
 * anything. `bakeMinutes` may be unknown.
 */
export function progressOf(
  entered: Entered | undefined,
  bakeMinutes: number | undefined,
  version: string,
): string | undefined {
  if (!entered) return `the shift to version ${version} begins`;
  const { state, data } = entered;
  const percent = percentIn(state);
  if (percent === undefined) return aside.find(([states]) => states.test(state))?.[1](version);
  const polls = pollsIn(data);
  if (state.startsWith("Alarm")) return `${percent} % on version ${version}, an alarm fires`;
  if (polls === undefined || state.startsWith("Shift")) return `${percent} % on version ${version}`;
  const time = bakeMinutes === undefined ? polls : `${polls} of ${bakeMinutes}`;
  return `${percent} % on version ${version}, ${time} min, alarms quiet`;
}

/** What is worth telling of the states without a share of the traffic: those that take their time, or that nobody wishes for. */
const aside: readonly [states: RegExp, line: (version: string) => string][] = [
  [
    /^(Load new version|Begin loading|Wait for tasks|Look at new slot|Count looks|Judge tasks)$/,
    (to) => `the tasks of version ${to} start`,
  ],
  [/^(Ask load balancer|Smoke test)$/, (to) => `version ${to} is tried before it has any traffic`],
  [/ before traffic$/, (to) => `version ${to} waits for its alarms to be quiet`],
  [/^(Tasks|Smoke test) (failed|too slow)$/, (to) => `version ${to} does not work`],
  [/^Roll(ed)? back/, (to) => `version ${to} is taken off`],
];

function percentIn(state: string): number | undefined {
  const [, percent] = /(?:at|to) (\d+) per cent$/.exec(state) ?? [];
  return percent === undefined ? undefined : Number(percent);
}

function pollsIn(data: unknown): number | undefined {
  const polls = (data as { bake?: { polls?: unknown } } | undefined)?.bake?.polls;
  return typeof polls === "number" ? polls : undefined;
}
