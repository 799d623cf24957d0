import type { TaskCall, TrafficTarget } from "./traffic-target.ts";

/** What a rollout does, in the order it does it. */
export interface RolloutPlan {
  /** Percentages of the traffic that the new version gets, one after the other; the last is 100. */
  steps: readonly number[];
  /** How long each step must stay quiet, in whole minutes. */
  bakeMinutes: number;
  /** Names of the alarms that take the new version off the traffic; at least one. */
  alarms: readonly string[];
  /** Whether the new version must pass the target's smoke test before it gets any traffic. */
  smokeTest: boolean;
}

/** A definition in Amazon States Language. */
export interface Definition {
  Comment: string;
  StartAt: string;
  TimeoutSeconds: number;
  States: Record<string, State>;
}

export type State = { Type: string; Next?: string; End?: true } & Record<string, unknown>;

/** What an execution is started with. */
export interface RolloutInput {
  /** The version that has the traffic. */
  from: string;
  /** The version that is to have it. */
  to: string;
  /** Alarms to watch, some of the plan's. Defaults to all of them. */
  alarms?: readonly string[];
}

/** Between two looks at the alarms. CloudWatch evaluates alarms once a minute. */
export const pollSeconds = 60;

// A task that meets an error of its own tries again before the rollout is given up; taking traffic back is tried for minutes.
const retryTask = { ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 };
const retryRollBack = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 2,
  MaxAttempts: 8,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
};
const taskSeconds = 30;
const rollBackAllowanceSeconds = 900;

/**
 * The state machine of one workload; its input is a `RolloutInput`. It shifts, waits, reads the alarms, and goes on, or gives
 * all traffic back to `from` on any alarm and on any error. It ends well only with all traffic on `to`; the error of a failed execution is `AlarmFired` or the error of the call that failed,
 * or `RollBackFailed` when the traffic could not be given back. Bounded in time.
 */
export function stateMachine(plan: RolloutPlan, target: TrafficTarget): Definition {
  const firstShift = shiftName(plan.steps[0]!);
  const begin = plan.smokeTest ? (target.smokeTest[0]?.name ?? firstShift) : firstShift;
  const states: Record<string, State> = {};
  const add = (name: string, state: State) => (states[name] = state);

  // To read alarms without a name means to read all alarms of the account: an empty list counts as none.
  add("Choose alarms", choice([{ Variable: "$.alarms[0]", IsPresent: true, Next: begin }], "Watch all alarms"));
  add("Watch all alarms", { Type: "Pass", Result: plan.alarms, ResultPath: "$.alarms", Next: begin });
  if (plan.smokeTest) Object.assign(states, smokeTest(target, firstShift));
  plan.steps.forEach((percent, index) => {
    const next = plan.steps[index + 1];
    Object.assign(states, step(plan, target, percent, next === undefined ? "Done" : shiftName(next)));
  });
  add("Done", { Type: "Succeed" });
  add("Roll back", {
    ...task(target.rollBack),
    Retry: [retryRollBack],
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.stuck", Next: "Roll back failed" }],
    ResultPath: null,
    Next: "Rolled back",
  });
  add("Rolled back", { Type: "Fail", ErrorPath: "$.failure.Error", CausePath: "$.failure.Cause" });
  add("Roll back failed", { Type: "Fail", Error: "RollBackFailed", CausePath: "$.stuck.Cause" });

  return {
    Comment: `Shifts traffic ${plan.steps.join(", ")} per cent, ${plan.bakeMinutes} minutes each, under ${plan.alarms.length} alarms`,
    StartAt: "Choose alarms",
    TimeoutSeconds: longestSeconds(plan),
    States: states,
  };
}

function smokeTest(target: TrafficTarget, after: string): Record<string, State> {
  const failed = failure("SmokeTestFailed", "States.Format('version {} did not pass the smoke test', $.to)");
  const judged = target.smokeTest.some(({ accepted }) => accepted);
  const states: Record<string, State> = judged ? { "Smoke test failed": failed } : {};
  target.smokeTest.forEach(({ name, call, accepted }, index) => {
    const next = target.smokeTest[index + 1]?.name ?? after;
    states[name] = { ...task(call), ResultPath: "$.smoke", Next: accepted ? `Judge ${lower(name)}` : next };
    if (accepted) states[`Judge ${lower(name)}`] = choice([{ ...accepted, Next: next }], "Smoke test failed");
  });
  return states;
}

/** The longest an execution can take; longer than any path through it, so that the limit never cuts a roll-back short. */
export function longestSeconds({ steps, bakeMinutes }: Pick<RolloutPlan, "steps" | "bakeMinutes">): number {
  const attempts = retryTask.MaxAttempts + 1;
  const bakes = steps.length * bakeMinutes * (pollSeconds + taskSeconds * attempts + 14);
  return bakes + (steps.length + 2) * (taskSeconds * attempts + 14) + rollBackAllowanceSeconds;
}

/** Names of the states, by which an execution tells where it is. */
export const shiftName = (percent: number) => `Shift to ${percent} per cent`;

function step(plan: RolloutPlan, target: TrafficTarget, percent: number, next: string): Record<string, State> {
  const at = `at ${percent} per cent`;
  const fired = `States.Format('{} fired ${at} on version {}', $.check.MetricAlarms[0].AlarmName, $.to)`;
  const alarmParameters = { "AlarmNames.$": "$.alarms", StateValue: "ALARM", AlarmTypes: ["MetricAlarm"] };
  return {
    [shiftName(percent)]: { ...task(target.shift(percent)), ResultPath: null, Next: `Begin bake ${at}` },
    [`Begin bake ${at}`]: { Type: "Pass", Parameters: { polls: 0, percent }, ResultPath: "$.bake", Next: `Wait ${at}` },
    [`Wait ${at}`]: { Type: "Wait", Seconds: pollSeconds, Next: `Read alarms ${at}` },
    [`Read alarms ${at}`]: {
      ...task({ resource: "arn:aws:states:::aws-sdk:cloudwatch:describeAlarms", parameters: alarmParameters }),
      ResultPath: "$.check",
      Next: `Count ${at}`,
    },
    [`Count ${at}`]: {
      Type: "Pass",
      Parameters: { "polls.$": "States.MathAdd($.bake.polls, 1)", percent },
      ResultPath: "$.bake",
      Next: `Judge ${at}`,
    },
    [`Judge ${at}`]: choice(
      [
        { Variable: "$.check.MetricAlarms[0]", IsPresent: true, Next: `Alarm ${at}` },
        { Variable: "$.bake.polls", NumericGreaterThanEquals: plan.bakeMinutes, Next: next },
      ],
      `Wait ${at}`,
    ),
    [`Alarm ${at}`]: failure("AlarmFired", fired),
  };
}

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function task({ resource, parameters }: TaskCall): State {
  return {
    Type: "Task",
    Resource: resource,
    Parameters: parameters,
    TimeoutSeconds: taskSeconds,
    Retry: [retryTask],
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "Roll back" }],
  };
}

function choice(choices: Record<string, unknown>[], otherwise: string): State {
  return { Type: "Choice", Choices: choices, Default: otherwise };
}

function failure(error: string, cause: string): State {
  return { Type: "Pass", Parameters: { Error: error, "Cause.$": cause }, ResultPath: "$.failure", Next: "Roll back" };
}
