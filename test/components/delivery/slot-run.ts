import { slotAlarmsPath, slotTarget, type SlotsSite } from "../../../components/delivery/slot-target.ts";
import { stateMachine, type Definition, type RolloutPlan } from "../../../components/delivery/state-machine.ts";
import { runMachine, type MachineCalls } from "../../../local/rollout/machine.ts";
import { slotAccount, slotNamesOf } from "../../aws/slot-account.ts";
import { FakeSlots, revisionOf } from "../../aws/slots.ts";

export const family = "slipway-test-patients";
export const names = slotNamesOf(family);
export const { ruleArn, testRuleArn, blueGroup, greenGroup } = names;
export const alarmsOf = (slot: string) => [`${family}-${slot}-server-errors`, "checkout"];
export const site: SlotsSite = {
  ...{ clusterName: names.clusterName, familyArn: names.familyArn, ruleArn, minTasks: 2, maxTasks: 4 },
  blue: { service: `${family}-blue`, group: blueGroup, alarms: alarmsOf("blue") },
  green: { service: `${family}-green`, group: greenGroup, alarms: alarmsOf("green") },
};
export const plan = (changes: Partial<RolloutPlan> = {}): RolloutPlan => ({
  ...{ partition: "aws", steps: [10, 50, 100], bakeMinutes: 3, smokeTest: true },
  alarms: { path: slotAlarmsPath, count: 2 },
  ...changes,
});
const probed: SlotsSite = { ...site, testRuleArn };
export const definition = stateMachine(plan(), slotTarget(site));
export const withProbe = stateMachine(plan(), slotTarget(probed, { functionName: "probe" }));

export interface Trouble {
  /** Look at the alarms at which the first one fires, from which on it does, and the one at which it is quiet again. */
  alarm?: { from: number; to?: number };
  /** State whose call fails, every time or only the first `times` times. */
  broken?: { state: string; times?: number };
  arrange?: (slots: FakeSlots) => void;
  probe?: () => unknown;
  watched?: string[];
}

/** Runs a definition in an interpreter of the language, against two slots, a rule and alarms in memory. */
export async function run(machine: Definition, trouble: Trouble = {}) {
  const account = slotAccount(family);
  const slots = new FakeSlots(account);
  trouble.arrange?.(slots);
  const seen = { shares: [] as number[], looks: 0, read: [] as string[][], tested: [] as string[] };
  const entered: string[] = [];
  const failures = new Map<string, number>();
  const before = (state: string) => {
    const failed = failures.get(state) ?? 0;
    if (trouble.broken?.state !== state || failed >= (trouble.broken.times ?? Infinity)) return;
    failures.set(state, failed + 1);
    throw Object.assign(new Error(`${state} is broken`), { name: "Lambda.ServiceException" });
  };
  const idle = account.rule(ruleArn)![greenGroup] === 0 ? greenGroup : blueGroup;
  const calls: MachineCalls = {
    describeRules: (parameters) => slots.describeRules(parameters),
    modifyRule: (parameters) => {
      slots.modifyRule(parameters);
      const share = account.rule(parameters.RuleArn)![idle]!;
      if (parameters.RuleArn === ruleArn) seen.shares.push(share);
      else seen.tested.push(`${share} % of the test rule`);
    },
    describeServices: (parameters) => slots.describeServices(parameters),
    updateService: (parameters) => slots.updateService(parameters),
    describeTargetHealth: (parameters) => slots.describeTargetHealth(parameters),
    describeAlarms: ({ AlarmNames }) => {
      const [look, { from, to = Infinity }] = [++seen.looks, trouble.alarm ?? { from: Infinity }];
      seen.read.push(AlarmNames);
      return { MetricAlarms: look >= from && look < to ? [{ AlarmName: AlarmNames[0] }] : [] };
    },
    invoke: (parameters) => {
      seen.tested.push(JSON.stringify(parameters));
      return trouble.probe?.() ?? { Payload: {} };
    },
  };
  const input = { from: "13", to: "14", ...(trouble.watched && { alarms: trouble.watched }) };
  const onEntered = ({ name }: { name: string }) => void entered.push(name);
  const { end } = runMachine(JSON.stringify(machine), input, calls, {
    ...{ wait: () => 0, onEntered, before },
    // slot-target.spec.ts has them checked, once for each form.
    valid: true,
  });
  const ended = await end;
  const now = [...account.services].map(
    ([name, { taskDefinition, desiredCount }]) =>
      `${name.split("-").at(-1)} ${revisionOf(taskDefinition)} x${desiredCount}`,
  );
  return { ...seen, ...ended, entered, now, loads: slots.loads };
}
