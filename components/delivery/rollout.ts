import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { validated } from "../validated.ts";
import { guardOf, shiftHook, spareHook } from "./guards.ts";
import { aliasMachineName } from "./machine-names.ts";
import { rollbackAlarmName, rollbackAlarms, serverErrorCount, versionWatch } from "./rollback-alarms.ts";
import { rollbackTriggers } from "./rollback-triggers.ts";
import { checkedAlarms, checkedBake, checkedSteps, shortestBake } from "./rollout-plan.ts";
import { moveAliases, rolloutPermissions } from "./rollout-permissions.ts";
import { awsPorts } from "./shift/aws-ports.ts";
import { shifter, shifterPlan } from "./shifter.ts";
import type { SteppedArgs } from "./stepped-args.ts";
import { stateMachine } from "./state-machine.ts";
import { aliasTarget, testAlias, type SmokeTest } from "./traffic-target.ts";

export interface RolloutArgs extends SteppedArgs {
  /** The workload, last part of the function's name; it names the workload to people and its parts to AWS. */
  part: string;
  functionName: string;
  /** Alias that callers invoke. Defaults to live. */
  alias?: string;
  /** Version that was published last: the one the rollback alarms watch. */
  version: pulumi.Input<string>;
  /** Log group of the function, in which the answers of 500 and above are counted. */
  logGroupName: pulumi.Input<string>;
  /** What a new version must pass before it gets any traffic. Defaults to nothing. */
  smokeTest?: SmokeTest;
  /** The function's time-out: so long a smoke test by request waits. Defaults to 900, the longest there is. */
  timeoutSeconds?: number;
  /** Whether the alias takes weights. One with provisioned concurrency does not, and has one step of 100. Defaults to true. */
  weighted?: boolean;
}

/**
 * Gives a new version of a function the traffic step by step, inside the update of its alias: a state machine shifts, waits and
 * reads the rollback alarms, and gives everything back when one fires. `beforeUpdate` belongs on the alias, which must depend on
 * this component; then `pulumi up` follows the shift and fails when it is rolled back.
 */
export class Rollout extends pulumi.ComponentResource {
  /** Shifts the traffic when the alias it is put on is about to be updated. */
  readonly beforeUpdate: pulumi.ResourceHook;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  /** Names of all alarms that roll back. */
  readonly alarmNames: readonly string[];

  constructor(name: string, args: RolloutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Rollout", name, {}, opts);
    const checked = validated(this, () => check(args));
    const { place, part, tier, alias, alarmNames, rules } = checked;
    const { stateMachineName } = checked.machine;
    const { functionName, version, smokeTest } = args;
    const child = { parent: this };

    const site = { place, stateMachineName, functionName, alias };
    const guard = guardOf(this, rules, (say) => (args.connect ?? awsPorts)(site, say));
    const spare = spareHook(`${name}-spare-alarms`, guard);
    serverErrorCount(name, { place, part, logGroupName: args.logGroupName }, child);
    const watched = { place, part, tier, functionName, alias, version };
    rollbackAlarms(`${name}-new`, rollbackTriggers, versionWatch(watched), {
      ...child,
      hooks: { beforeUpdate: [spare] },
    });
    if (smokeTest) {
      // It follows the newest version here, and the state machine points it at the version that a shift is about.
      new aws.lambda.Alias(
        `${name}-test`,
        { name: testAlias, functionName, functionVersion: version },
        { ...child, hooks: { beforeUpdate: [spare] } },
      );
    }

    shifter(name, checked.machine, checked.definition, child);

    this.beforeUpdate = shiftHook(`${name}-shift`, guard, "functionVersion");
    this.stateMachineName = stateMachineName;
    this.stateMachineArn = checked.machine.stateMachineArn;
    this.alarmNames = alarmNames;
    this.registerOutputs({ stateMachineArn: this.stateMachineArn, alarmNames });
  }
}

/** Everything that follows from the arguments alone. */
function check(args: RolloutArgs) {
  const { place, part, tier = "prod", functionName, alias = "live", smokeTest, timeoutSeconds, weighted = true } = args;
  const { onAlarmAtStart = "refuse", onConflict = "wait" } = args;
  const own = rollbackTriggers.map(({ id }) => rollbackAlarmName(place, part, id));
  const further = checkedAlarms(args.alarms ?? [], own);
  const alarmNames = [...own, ...further.map(({ name }) => name)];
  const steps = checkedSteps(args.steps ?? [10, 50, 100], weighted);
  const bakeMinutes = checkedBake(args.bakeMinutes, shortestBake(rollbackTriggers, tier, further), steps.length);
  const plan = {
    partition: place.partition,
    steps,
    bakeMinutes,
    alarms: alarmNames,
    smokeTest: smokeTest !== undefined,
  };
  const definition = stateMachine(plan, aliasTarget(functionName, alias, { smokeTest, timeoutSeconds, weighted }));
  const longestSeconds = definition.TimeoutSeconds;
  const tester = smokeTest && ("functionName" in smokeTest ? smokeTest : { functionName, alias: testAlias });
  const statements = rolloutPermissions({ place, moves: moveAliases(place, functionName), alarms: alarmNames, tester });
  return {
    ...{ place, part, tier, alias, alarmNames },
    rules: {
      ...{ workload: part, bakeMinutes, alarms: alarmNames, onAlarmAtStart, onConflict },
      versionAlarms: own,
      longestSeconds,
      weighted,
    },
    definition: JSON.stringify(definition),
    machine: shifterPlan(place, aliasMachineName(place, part), statements, args.logRetentionDays),
  };
}
