import type { TaskCall } from "./traffic-target.ts";

export type State = { Type: string; Next?: string; End?: true } & Record<string, unknown>;

/** Some states by name, the first of which is entered first. The last of them go on to `next`. */
export type Section = (next: string) => Record<string, State>;

/** The state that gives the traffic back; every failure after the first shift ends there. */
export const rollBackName = "Roll back";

/** The state in which a rollout fails once the traffic is where it was. */
export const rolledBackName = "Rolled back";

/** Between two looks at the alarms. CloudWatch evaluates alarms once a minute. */
export const pollSeconds = 60;

/** How long one attempt at a call may take. */
export const taskSeconds = 30;

// A task that meets an error of its own tries again before the rollout is given up; taking traffic back is tried for minutes.
const retryTask = { ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 };
// A run that has failed is not tried again; these are Lambda's own, which its best practices for Step Functions name.
export const retryRun = {
  ...retryTask,
  ErrorEquals: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
};
export const retryRollBack = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 2,
  MaxAttempts: 8,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
};

/** The longest that all attempts at a call take together. */
export function patienceSeconds({ seconds = taskSeconds }: Pick<TaskCall, "seconds"> = {}): number {
  const { MaxAttempts, IntervalSeconds, BackoffRate } = retryTask;
  const pauses = Array.from({ length: MaxAttempts }, (_, at) => IntervalSeconds * BackoffRate ** at);
  return seconds * (MaxAttempts + 1) + pauses.reduce((sum, pause) => sum + pause, 0);
}

/** A call of an API. When it goes on failing, the error is put under `$.failure` and `failed` is entered. */
export function task(
  { resource, parameters, selector, seconds = taskSeconds }: TaskCall,
  failed = rollBackName,
): State {
  return {
    Type: "Task",
    Resource: resource,
    Parameters: parameters,
    ...(selector && { ResultSelector: selector }),
    TimeoutSeconds: seconds,
    Retry: [retryTask],
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: failed }],
  };
}

export function choice(choices: Record<string, unknown>[], otherwise: string): State {
  return { Type: "Choice", Choices: choices, Default: otherwise };
}

/** A failure by a name of ours; `cause` is an intrinsic function. */
export function failure(error: string, cause: string, next = rollBackName): State {
  return { Type: "Pass", Parameters: { Error: error, "Cause.$": cause }, ResultPath: "$.failure", Next: next };
}

/** The sections one after the other; the last goes on to `next`. */
export const inARow =
  (...sections: readonly Section[]): Section =>
  (next) =>
    sections.reduceRight<{ states: Record<string, State>; next: string }>(
      (after, section) => {
        const states = section(after.next);
        return { states: { ...states, ...after.states }, next: Object.keys(states)[0] ?? after.next };
      },
      { states: {}, next },
    ).states;

/** The states as one partition of AWS (aws, aws-cn, aws-us-gov) has them: what tasks call is part of its ARNs. */
export function inPartition(partition: string, states: Record<string, State>): Record<string, State> {
  const located = (state: State): State =>
    state.Type === "Task" ? { ...state, Resource: `arn:${partition}:states:::${String(state.Resource)}` } : state;
  return Object.fromEntries(Object.entries(states).map(([name, state]) => [name, located(state)]));
}
