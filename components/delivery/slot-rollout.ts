import * as pulumi from "@pulumi/pulumi";
import { taskFamilyArn } from "../iam/arns.ts";
import { slotNames, type SlotName, type TwoSlots } from "../service/slots.ts";
import { validated } from "../validated.ts";
import { guardOf, shiftHook } from "./guards.ts";
import { slotMachineName } from "./machine-names.ts";
import { rollbackAlarms } from "./rollback-alarms.ts";
import { moveSlots, rolloutPermissions } from "./rollout-permissions.ts";
import { checkedAlarms, checkedBake, checkedSteps, shortestBake } from "./rollout-plan.ts";
import { awsPorts } from "./shift/aws-ports.ts";
import type { ShiftRules } from "./shift/rules.ts";
import { shifter, shifterPlan } from "./shifter.ts";
import { slotAlarmName, slotTriggers, slotWatch } from "./slot-triggers.ts";
import { slotAlarmsPath, slotTarget, type SlotSmokeTest, type SlotsSite } from "./slot-target.ts";
import type { SteppedArgs } from "./stepped-args.ts";
import { stateMachine, type RolloutPlan } from "./state-machine.ts";

export interface SlotRolloutArgs extends SteppedArgs {
  /** The two slots whose traffic it moves. */
  site: TwoSlots;
  /** A function that tries a new revision behind the test rule. Defaults to none: the load balancer's health check must pass anyway. */
  smokeTest?: SlotSmokeTest;
}

/**
 * Gives a new revision of a service in two slots the traffic step by step, inside the update of the record of the live revision: a
 * state machine loads the idle slot, waits until it is healthy, shifts, reads the slot's alarms, and gives everything back when one
 * fires. `shift` belongs before the creation and before every update of that record, which must depend on this component.
 */
export class SlotRollout extends pulumi.ComponentResource {
  /** Shifts the traffic to the revision that the record is about to name. */
  readonly shift: pulumi.ResourceHook;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  /** Names of all alarms that roll back, those of both slots. */
  readonly alarmNames: readonly string[];

  constructor(name: string, args: SlotRolloutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:SlotRollout", name, {}, opts);
    const checked = validated(this, () => check(args));
    const { place, site, smokeTest } = args;
    const { machine, rules, plan, tier } = checked;
    const child = { parent: this };

    const guard = guardOf(this, rules, (say) =>
      (args.connect ?? awsPorts)({ place, stateMachineName: machine.stateMachineName }, say),
    );
    for (const slot of slotNames) {
      rollbackAlarms(`${name}-${slot}-new`, slotTriggers, slotWatch(site, slot, tier), child);
    }
    const definition = acted(args, checked.slotAlarms).apply((known) =>
      JSON.stringify(stateMachine(plan, slotTarget(known, smokeTest))),
    );
    shifter(name, machine, definition, child);

    this.shift = shiftHook(`${name}-shift`, guard, "insecureValue");
    this.stateMachineName = machine.stateMachineName;
    this.stateMachineArn = machine.stateMachineArn;
    this.alarmNames = checked.alarmNames;
    this.registerOutputs({ stateMachineArn: this.stateMachineArn, alarmNames: this.alarmNames });
  }
}

type SlotAlarms = Record<SlotName, readonly string[]>;

/** What the state machine acts on, once AWS has invented its ids. */
function acted({ place, site }: SlotRolloutArgs, alarms: SlotAlarms): pulumi.Output<SlotsSite> {
  const { clusterName, family, minTasks, maxTasks, slots, ruleArn, testRuleArn } = site;
  const groups = pulumi.all([slots.blue.targetGroupArn, slots.green.targetGroupArn]);
  return pulumi.all([ruleArn, testRuleArn, groups]).apply(([rule, testRule, [blue, green]]) => ({
    ...{ clusterName, familyArn: taskFamilyArn(place, family), ruleArn: rule, testRuleArn: testRule },
    ...{ minTasks, maxTasks },
    blue: { service: slots.blue.serviceName, group: blue, alarms: alarms.blue },
    green: { service: slots.green.serviceName, group: green, alarms: alarms.green },
  }));
}

const empty = { service: "", group: "", alarms: [] };
const nowhere: SlotsSite = {
  ...{ clusterName: "", familyArn: "", ruleArn: "", testRuleArn: "", minTasks: 1, maxTasks: 1 },
  ...{ blue: empty, green: empty },
};

/** Everything that follows from the arguments alone. */
function check(args: SlotRolloutArgs) {
  const { place, site, tier = "prod", onAlarmAtStart = "refuse", onConflict = "wait", smokeTest } = args;
  const { part, clusterName, family, roleNames, slots } = site;
  if (smokeTest && site.testRuleArn === undefined) {
    throw new Error("smokeTest tries the next revision on a test port: give the load balancer a testPort");
  }
  const own = (slot: SlotName) => slotTriggers.map(({ id }) => slotAlarmName(site, slot, id));
  const further = checkedAlarms(args.alarms ?? [], [...own("blue"), ...own("green")]).map(({ name }) => name);
  const steps = checkedSteps(args.steps ?? [10, 50, 100]);
  const bakeMinutes = checkedBake(args.bakeMinutes, shortestBake(slotTriggers, tier, args.alarms), steps.length);
  const slotAlarms: SlotAlarms = { blue: [...own("blue"), ...further], green: [...own("green"), ...further] };
  const plan: RolloutPlan = {
    ...{ partition: place.partition, steps, bakeMinutes, smokeTest: true },
    alarms: { path: slotAlarmsPath, count: slotAlarms.blue.length },
  };
  const alarmNames = [...own("blue"), ...own("green"), ...further];
  const serviceNames = slotNames.map((slot) => slots[slot].serviceName);
  const moves = moveSlots({ place, clusterName, family, roleNames, serviceNames });
  const statements = rolloutPermissions({ place, moves, alarms: alarmNames, tester: smokeTest });
  const rules: ShiftRules = {
    ...{ workload: part, bakeMinutes, onAlarmAtStart, onConflict },
    ...{ alarms: [], slotAlarms },
    // How long it takes does not depend on what it acts on.
    longestSeconds: stateMachine(plan, slotTarget(nowhere, smokeTest)).TimeoutSeconds,
    // In the last step the old slot has nothing any more.
    weighted: false,
  };
  return {
    tier,
    plan,
    rules,
    slotAlarms,
    alarmNames,
    machine: shifterPlan(place, slotMachineName(place, part), statements, args.logRetentionDays),
  };
}
