import type { Node } from "../graph.ts";
import { nativeForecasts } from "./native-forecast.ts";
import { rolledBy } from "./rolled.ts";

/** One thing a rollout does, and when, if nothing goes wrong. */
export interface Step {
  /** Minutes after its start. */
  minute: number;
  what: string;
}

/** What a rollout of one workload would do. */
export interface Forecast {
  /** Name of the function, of the service, or of the family of a service in two slots, whose traffic it shifts. */
  workload: string;
  steps: Step[];
  /** Alarms that take the new version off again; `<slot>` stands for the slot it goes into. */
  alarms: string[];
  /** What takes it off besides them. */
  otherwise: string;
  /** Minutes after which Step Functions, or the update that waits for ECS, ends it, whatever happens. */
  longestMinutes: number;
}

interface State {
  Type: string;
  Parameters?: {
    FunctionName?: string;
    Payload?: { httpMethod?: string; path?: string };
  };
  Seconds?: number;
  Choices?: { NumericGreaterThanEquals?: number }[];
}

/** What each rollout of the graph would do to a new version, from its state machine or the strategy of its ECS service alone. */
export function forecasts(nodes: Node[]): Forecast[] {
  const machines = nodes.filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
  return [...machines.map(({ inputs }) => forecast(inputs.definition)), ...nativeForecasts(nodes)];
}

function forecast(definition: string): Forecast {
  const { States: states, TimeoutSeconds } = JSON.parse(definition) as {
    States: Record<string, State>;
    TimeoutSeconds: number;
  };
  const { workload, alarms, slots } = rolledBy(definition);
  const steps: Step[] = before(states, slots !== undefined).map((what) => ({ minute: 0, what }));
  let minute = 0;
  for (const name of Object.keys(states)) {
    const [, percent] = /^Shift to (\d+) per cent$/.exec(name) ?? [];
    if (!percent) continue;
    const polls = states[`Judge at ${percent} per cent`]!.Choices!.find((choice) => choice.NumericGreaterThanEquals)!;
    const bake = (polls.NumericGreaterThanEquals! * states[`Wait at ${percent} per cent`]!.Seconds!) / 60;
    steps.push({ minute, what: `gets ${percent} % of the traffic and is watched for ${bake} min` });
    minute += bake;
  }
  steps.push({ minute, what: "is the only version left, and the update goes on" });
  return {
    workload,
    steps,
    alarms: slots ? slotAlarms(slots.blue.alarms, slots.green.alarms) : alarms,
    otherwise: "a call fails",
    longestMinutes: Math.ceil(TimeoutSeconds / 60),
  };
}

/** Only the alarms of the slot that the version goes into are read, and which one that is turns out when it starts. */
const slotAlarms = (blue: readonly string[], green: readonly string[]): string[] =>
  blue.map((name, at) => (name === green[at] ? name : name.replace("-blue-new-", `-${eitherSlot}-new-`)));

/** Stands for the name of the slot that has no traffic. */
const eitherSlot = "<slot>";

/** What a new version goes through before it has traffic. */
function before(states: Record<string, State>, inSlot: boolean): string[] {
  const loaded = inSlot
    ? ["starts in the slot without traffic and is healthy to the load balancer; the minutes count from then"]
    : [];
  const tried = states["Smoke test"]?.Parameters;
  if (!tried) return loaded;
  const { httpMethod, path } = tried.Payload ?? {};
  const request = path ? `answers ${httpMethod} ${path}` : `passes ${tried.FunctionName}`;
  return [...loaded, `${request} before it has traffic`];
}

/** A forecast in lines for people. */
export function forecastLines({ workload, steps, alarms, otherwise, longestMinutes }: Forecast): string[] {
  return [
    `a new version of ${workload}`,
    ...steps.map(({ minute, what }) => `${String(minute).padStart(5)} min  ${what}`),
    `           is taken off at once when one of these fires, or ${otherwise}: ${alarms.join(", ")}`,
    `           and after ${longestMinutes} min at the latest the update has ended, one way or the other`,
  ];
}
