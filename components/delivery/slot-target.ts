import { loadSlot, loadPolls } from "./slot-loading.ts";
import { choice, failure, rolledBackName, task, type Section } from "./states.ts";
import type { SmokeTestCall, TaskCall, TrafficTarget } from "./traffic-target.ts";

/** One slot as an execution knows it. */
export interface SlotSite {
  /** Name of the ECS service. */
  service: string;
  /** ARN of its target group. */
  group: string;
  /** Alarms on that group alone. */
  alarms: readonly string[];
}

/** What the state machine of two slots acts on. */
export interface SlotsSite {
  clusterName: string;
  /** ARN of the task family, without a revision. */
  familyArn: string;
  ruleArn: string;
  testRuleArn?: string;
  /** Tasks that a new revision gets at least, and at most. */
  minTasks: number;
  maxTasks: number;
  blue: SlotSite;
  green: SlotSite;
}

/** What a new revision must pass besides the load balancer's health check. */
export interface SlotSmokeTest {
  /** A function that is invoked with `{"serviceName","slot","version"}`, finds the revision behind the test listener, and fails when it is not content. */
  functionName: string;
}

/** The load balancer's alarms may have gone off while tasks were starting; this long they may take to grow quiet. */
const settleMinutes = 5;

/** Looks at what is made ready before the first shift, at most. */
const readyPolls = loadPolls + settleMinutes;

const balancing = "aws-sdk:elasticloadbalancingv2:";

/** Where an execution keeps the names of the alarms to watch, once it knows the slot. */
export const slotAlarmsPath = "$.slots.new.alarms";

/**
 * The traffic of two slots behind one listener rule. A version is a revision of the task family, by its number. The rule's weights say
 * which slot is live; the other one is loaded, tried, and given the traffic, and the one that has lost it is stopped.
 */
export function slotTarget(site: SlotsSite, smokeTest?: SlotSmokeTest): TrafficTarget {
  const stop = (slot: string): TaskCall => ({
    resource: "aws-sdk:ecs:updateService",
    parameters: { Cluster: site.clusterName, "Service.$": `$.slots.${slot}.service`, DesiredCount: 0 },
  });
  return {
    opening: findSlot(site),
    loading: loadSlot(site),
    smokeTest: smokeTests(site, smokeTest),
    settleMinutes,
    shift: (percent) => weigh(site.ruleArn, percent),
    rollBack: weigh(site.ruleArn, 0),
    finish: { name: "Stop old version", call: stop("old") },
    clear: { name: "Stop new version", call: stop("new") },
    readyPolls,
  };
}

/** Gives the new slot a share of the rule's traffic and the old one the rest. */
function weigh(ruleArn: string, percent: number): TaskCall {
  const groups = [
    { "TargetGroupArn.$": "$.slots.new.group", Weight: percent },
    { "TargetGroupArn.$": "$.slots.old.group", Weight: 100 - percent },
  ];
  const actions = [{ Type: "forward", Order: 1, ForwardConfig: { TargetGroups: groups } }];
  return { resource: `${balancing}modifyRule`, parameters: { RuleArn: ruleArn, Actions: actions } };
}

/** Nothing has moved yet, so a failure in here gives nothing back. */
const findSlot =
  ({ ruleArn, blue, green }: SlotsSite): Section =>
  (next) => {
    const weightOf = ({ group }: SlotSite) =>
      `$.Rules[0].Actions[0].ForwardConfig.TargetGroups[?(@.TargetGroupArn=='${group}')].Weight`;
    const look = { resource: `${balancing}describeRules`, parameters: { RuleArns: [ruleArn] } };
    const selector = { "blue.$": weightOf(blue), "green.$": weightOf(green) };
    const into = (found: SlotSite, old: SlotSite) => ({
      Type: "Pass",
      Result: { new: found, old },
      ResultPath: "$.slots",
      Next: next,
    });
    const divided = "'the listener rule gives not all traffic to one slot: stop what moves it and give it to one'";
    return {
      "Look at listener rule": {
        ...task({ ...look, selector }, rolledBackName),
        ResultPath: "$.weights",
        Next: "Find idle slot",
      },
      "Find idle slot": choice(
        [unknown("blue"), unknown("green"), idle("green", "blue", "Into green"), idle("blue", "green", "Into blue")],
        "Traffic is divided",
      ),
      "Into green": into(green, blue),
      "Into blue": into(blue, green),
      "Traffic is divided": failure("TrafficDivided", `States.Format(${divided})`, rolledBackName),
    };
  };

const weight = (slot: string) => `$.weights.${slot}[0]`;

const unknown = (slot: string) => ({
  Not: { Variable: weight(slot), IsPresent: true },
  Next: "Traffic is divided",
});

const idle = (slot: string, live: string, next: string) => ({
  And: [
    { Variable: weight(slot), NumericEquals: 0 },
    { Variable: weight(live), NumericGreaterThan: 0 },
  ],
  Next: next,
});

/** The load balancer has asked each task for its health; a function may try more, by the test listener. */
function smokeTests({ familyArn, testRuleArn }: SlotsSite, smokeTest?: SlotSmokeTest): SmokeTestCall[] {
  const healthy: SmokeTestCall = {
    name: "Ask load balancer",
    call: {
      resource: `${balancing}describeTargetHealth`,
      parameters: { "TargetGroupArn.$": "$.slots.new.group" },
      selector: { "healthy.$": "States.ArrayContains($.TargetHealthDescriptions[*].TargetHealth.State, 'healthy')" },
    },
    accepted: { Variable: "$.smoke.healthy", BooleanEquals: true },
  };
  if (!smokeTest || testRuleArn === undefined) return [healthy];
  const serviceName = familyArn.split("/").at(-1);
  const Payload = { serviceName, "slot.$": "$.slots.new.service", "version.$": "$.to" };
  const parameters = { FunctionName: smokeTest.functionName, Payload };
  return [
    healthy,
    { name: "Point test rule at new version", call: weigh(testRuleArn, 100) },
    { name: "Smoke test", tries: true, call: { resource: "lambda:invoke", parameters, seconds: 910 } },
  ];
}

interface Written {
  Result?: { new: SlotSite; old: SlotSite; tasks: number };
  Parameters?: Record<string, string>;
}

/** What a definition of `slotTarget`'s acts on: whoever looks at the slots by hand looks at the same. Undefined for other targets. */
export function slotsIn(definition: string): Omit<SlotsSite, "testRuleArn" | "maxTasks"> | undefined {
  const { States: states } = JSON.parse(definition) as { States: Record<string, Written> };
  const slots = states["Into green"]?.Result;
  if (!slots) return undefined;
  const { Cluster: clusterName = "", "TaskDefinition.$": format = "" } = states["Load new version"]!.Parameters!;
  const [, familyArn = ""] = /^States\.Format\('(.+):\{\}', \$\.to\)$/.exec(format) ?? [];
  return {
    clusterName,
    familyArn,
    ruleArn: states["Roll back"]!.Parameters!.RuleArn!,
    minTasks: states["Take fewest tasks"]!.Result!.tasks,
    green: slots.new,
    blue: slots.old,
  };
}
