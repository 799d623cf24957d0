import type { Node } from "../graph.ts";

/** One thing a rollout does, and when, if nothing goes wrong. */
export interface Step {
  /** Minutes after its start. */
  minute: number;
  what: string;
}

/** What a rollout of one workload would do. */
export interface Forecast {
  /** Name of the function whose traffic it shifts. */
  workload: string;
  steps: Step[];
  /** Alarms that take the new version off again. */
  alarms: string[];
  /** Minutes after which Step Functions ends it, whatever happens. */
  longestMinutes: number;
}

interface State {
  Type: string;
  Parameters?: { FunctionName?: string; Payload?: { httpMethod?: string; path?: string } };
  Result?: string[];
  Seconds?: number;
  Choices?: { NumericGreaterThanEquals?: number }[];
}

/** What each rollout of the graph would do to a new version, from its state machine alone. */
export function forecasts(nodes: Node[]): Forecast[] {
  return nodes
    .filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine")
    .map(({ inputs }) => forecast(JSON.parse(inputs.definition)));
}

function forecast({
  States: states,
  TimeoutSeconds,
}: {
  States: Record<string, State>;
  TimeoutSeconds: number;
}): Forecast {
  const steps: Step[] = [];
  let minute = 0;
  const tried = states["Smoke test"]?.Parameters;
  if (tried) {
    const { httpMethod, path } = tried.Payload ?? {};
    steps.push({
      minute,
      what: path
        ? `answers ${httpMethod} ${path} before it has traffic`
        : `passes ${tried.FunctionName} before it has traffic`,
    });
  }
  for (const name of Object.keys(states)) {
    const [, percent] = /^Shift to (\d+) per cent$/.exec(name) ?? [];
    if (!percent) continue;
    const polls = states[`Judge at ${percent} per cent`]!.Choices!.find((choice) => choice.NumericGreaterThanEquals)!;
    const bake = (polls.NumericGreaterThanEquals! * states[`Wait at ${percent} per cent`]!.Seconds!) / 60;
    steps.push({ minute, what: `gets ${percent} % of the traffic and is watched for ${bake} min` });
    minute += bake;
  }
  steps.push({ minute, what: "is the only version left, and the update goes on" });
  const alarms = states["Watch all alarms"]?.Result ?? [];
  return {
    workload: states["Roll back"]!.Parameters!.FunctionName!,
    steps,
    alarms,
    longestMinutes: Math.ceil(TimeoutSeconds / 60),
  };
}

/** A forecast in lines for people. */
export function forecastLines({ workload, steps, alarms, longestMinutes }: Forecast): string[] {
  return [
    `a new version of ${workload}`,
    ...steps.map(({ minute, what }) => `${String(minute).padStart(5)} min  ${what}`),
    `           is taken off at once when one of these fires, or a call fails: ${alarms.join(", ")}`,
    `           and after ${longestMinutes} min at the latest the update has ended, one way or the other`,
  ];
}
