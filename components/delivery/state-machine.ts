import { alarmsWatched, bake, type AlarmWatch } from "./bake.ts";
import {
  choice,
  failure,
  inARow,
  inPartition,
  patienceSeconds,
  pollSeconds,
  retryRollBack,
  retryRun,
  rollBackName,
  rolledBackName,
  task,
  type Section,
  type State,
} from "./states.ts";
import type { NamedCall, TaskCall, TrafficTarget } from "./traffic-target.ts";

/** What a rollout does, in the order it does it. */
export interface RolloutPlan {
  /** Where it runs: aws, aws-cn, aws-us-gov. */
  partition: string;
  /** Percentages of the traffic that the new version gets, one after the other; the last is 100. */
  steps: readonly number[];
  /** How long each step must stay quiet, in whole minutes. */
  bakeMinutes: number;
  /** Names of the alarms that take the new version off the traffic, or where they stand in the data of an execution. */
  alarms: AlarmWatch;
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

/** What an execution is started with. */
export interface RolloutInput {
  /** The version that has the traffic. */
  from: string;
  /** The version that is to have it. */
  to: string;
  /** Alarms to watch, some of the plan's. Defaults to all of them. */
  alarms?: readonly string[];
  /** How long each step is watched, in minutes, for whoever follows: the settings may be others by then. */
  bakeMinutes?: number;
  /** Seconds after which it has ended, one way or the other, for whoever follows. */
  longestSeconds?: number;
  /** Whether the old version keeps the alias until the end; where it does not, 100 per cent is everything. Defaults to true. */
  weighted?: boolean;
}

const rollBackAllowanceSeconds = 900;

/**
 * The state machine of one workload; its input is a `RolloutInput`. It makes the new version ready, shifts, waits, reads the alarms, and
 * goes on, or gives all traffic back to `from` on any alarm and on any error. It ends well only with all traffic on `to`; the error
 * of a failed execution is `AlarmFired` or the error of the call that failed, or `RollBackFailed` when the traffic could not be given
 * back. Bounded in time.
 */
export function stateMachine(plan: RolloutPlan, target: TrafficTarget): Definition {
  const { opening, loading, conclude, finish } = target;
  const way = inARow(
    ...(opening ? [opening] : []),
    alarmsWatched(plan.alarms),
    ...(loading ? [loading] : []),
    ...(plan.smokeTest ? [smokeTest(target)] : []),
    ...(target.settleMinutes ? [bake({ at: "before traffic", minutes: target.settleMinutes, settling: true })] : []),
    ...plan.steps.map((percent) => step(plan, target, percent)),
    ...(conclude ? [named(conclude)] : []),
    ...(finish ? [last(finish)] : []),
  );
  const states = { ...way("Done"), Done: { Type: "Succeed" }, ...backwards(target) };
  const tests = plan.smokeTest ? target.smokeTest.map(({ call }) => call) : [];
  const count = "path" in plan.alarms ? plan.alarms.count : plan.alarms.length;
  return {
    Comment: `Shifts traffic ${plan.steps.join(", ")} per cent, ${plan.bakeMinutes} minutes each, under ${count} alarms`,
    StartAt: Object.keys(states)[0]!,
    TimeoutSeconds: longestSeconds({ ...plan, readyPolls: target.readyPolls, tests }),
    States: inPartition(plan.partition, states),
  };
}

/** Everything is given back, for minutes if need be, and only then the execution fails. */
function backwards({ rollBack, clear }: TrafficTarget): Record<string, State> {
  const given = clear ? clear.name : rolledBackName;
  return {
    [rollBackName]: {
      ...task(rollBack),
      Retry: [retryRollBack],
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.stuck", Next: "Roll back failed" }],
      ResultPath: null,
      Next: given,
    },
    ...(clear && last(clear)(rolledBackName)),
    [rolledBackName]: { Type: "Fail", ErrorPath: "$.failure.Error", CausePath: "$.failure.Cause" },
    "Roll back failed": { Type: "Fail", Error: "RollBackFailed", CausePath: "$.stuck.Cause" },
  };
}

const named =
  ({ name, call }: NamedCall): Section =>
  (next) => ({ [name]: { ...task(call), ResultPath: null, Next: next } });

/** A call that tidies up: the traffic is where it belongs, so it may fail. */
const last =
  ({ name, call }: NamedCall): Section =>
  (next) => ({
    [name]: {
      ...task(call),
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.untidy", Next: next }],
      ResultPath: null,
      Next: next,
    },
  });

const testFailed = "Smoke test failed";

const smokeTest =
  (target: TrafficTarget): Section =>
  (after) => {
    const failed = failure("SmokeTestFailed", "States.Format('version {} did not pass the smoke test', $.to)");
    const states: Record<string, State> = {};
    target.smokeTest.forEach(({ name, call, accepted, tries }, index) => {
      const next = target.smokeTest[index + 1]?.name ?? after;
      // What a run says, and how it fails, may hold anything: none of it goes on to where people read it.
      const onError = tries && {
        Retry: [retryRun],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: testFailed }],
      };
      const [ResultPath, Next] = accepted ? ["$.smoke", `Judge ${lower(name)}`] : [null, next];
      states[name] = { ...task(call), ...onError, ResultPath, Next };
      if (!accepted) return;
      states[`Judge ${lower(name)}`] = choice([{ ...accepted, Next: `Forget ${lower(name)}` }], testFailed);
      states[`Forget ${lower(name)}`] = { Type: "Pass", Result: {}, ResultPath: "$.smoke", Next: next };
    });
    const judged = target.smokeTest.some(({ accepted, tries }) => accepted || tries);
    return judged ? { ...states, [testFailed]: failed } : states;
  };

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** The longest an execution can take; longer than any path through it, so that the limit never cuts a roll-back short. */
export function longestSeconds({
  steps,
  bakeMinutes,
  readyPolls = 0,
  tests = [],
}: Pick<RolloutPlan, "steps" | "bakeMinutes"> & {
  readyPolls?: number;
  tests?: readonly Pick<TaskCall, "seconds">[];
}): number {
  const waits = (steps.length * bakeMinutes + readyPolls) * (pollSeconds + patienceSeconds());
  const tried = tests.reduce((sum, call) => sum + patienceSeconds(call), 0);
  return waits + tried + (steps.length + 2) * patienceSeconds() + rollBackAllowanceSeconds;
}

/** Names of the states, by which an execution tells where it is. */
export const shiftName = (percent: number) => `Shift to ${percent} per cent`;

const step = ({ bakeMinutes }: RolloutPlan, target: TrafficTarget, percent: number): Section =>
  inARow(
    named({ name: shiftName(percent), call: target.shift(percent) }),
    bake({ at: `at ${percent} per cent`, minutes: bakeMinutes, percent }),
  );
