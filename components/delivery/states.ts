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
export const retryTask = { ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 };
export const retryRollBack = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 2,
  MaxAttempts: 8,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
};

/** A call of an API. When it goes on failing, the error is put under `$.failure` and `failed` is entered. */
export function task({ resource, parameters, selector }: TaskCall, failed = rollBackName): State {
  return {
    Type: "Task",
    Resource: resource,
    Parameters: parameters,
    ...(selector && { ResultSelector: selector }),
    TimeoutSeconds: taskSeconds,
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
