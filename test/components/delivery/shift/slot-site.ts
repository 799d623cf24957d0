import { awsPorts } from "../../../../components/delivery/shift/aws-ports.ts";
import type { ShiftPorts } from "../../../../components/delivery/shift/ports.ts";
import type { ShiftRules } from "../../../../components/delivery/shift/rules.ts";
import { slotAlarmsPath, slotTarget } from "../../../../components/delivery/slot-target.ts";
import { stateMachine } from "../../../../components/delivery/state-machine.ts";
import { smallAccount } from "../../../aws/account.ts";
import { fakeAws, type FakeAws } from "../../../aws/server.ts";
import { slotAccount, slotNamesOf } from "../../../aws/slot-account.ts";
import { revisionOf } from "../../../aws/slots.ts";
import { World } from "../../../aws/world.ts";
import { place } from "../../place.ts";

export const family = "slipway-test-patients";
export const names = slotNamesOf(family);
const stateMachineName = `${family}-slots-rollout`;
export const machineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${stateMachineName}`;
export const alarmOf = (slot: "blue" | "green") => `${family}-${slot}-new-server-errors`;

export const rules: ShiftRules = {
  ...{ workload: "patients", bakeMinutes: 2, longestSeconds: 15_000, weighted: false, alarms: [] },
  onAlarmAtStart: "refuse",
  onConflict: "wait",
  slotAlarms: { blue: [alarmOf("blue")], green: [alarmOf("green")] },
};

const slot = (color: "blue" | "green") => ({
  service: `${family}-${color}`,
  group: names[`${color}Group`],
  alarms: [alarmOf(color)],
});

/** A service with revision 13 live in blue, and the hook's real clients in front of it. */
export class SlotSiteOfTests {
  readonly world: World;
  readonly said: string[] = [];
  readonly ports: ShiftPorts;
  readonly #aws: FakeAws;

  private constructor(world: World, aws: FakeAws) {
    this.world = world;
    this.#aws = aws;
    let slept = 0;
    const sleep = (seconds: number) => {
      slept += seconds * 1000;
      return new Promise<void>((resolve) => setTimeout(resolve, 1));
    };
    const say = (line: string) => void this.said.push(line);
    this.ports = { ...awsPorts({ place, stateMachineName, sleep }, say), now: () => Date.now() + slept, sleep };
  }

  static async open(): Promise<SlotSiteOfTests> {
    const { clusterName, familyArn, ruleArn } = names;
    const target = slotTarget({
      clusterName,
      familyArn,
      ruleArn,
      minTasks: 1,
      maxTasks: 4,
      blue: slot("blue"),
      green: slot("green"),
    });
    const plan = {
      ...{ partition: "aws", steps: [10, 50, 100], bakeMinutes: rules.bakeMinutes, smokeTest: true },
      alarms: { path: slotAlarmsPath, count: 1 },
    };
    const definition = JSON.stringify(stateMachine(plan, target));
    const account = smallAccount({
      ...{ functionName: "none", latest: 0, live: "", machineArn, definition },
      alarms: [alarmOf("blue"), alarmOf("green")],
    });
    const world = new World({ ...account, slots: slotAccount(family) });
    world.minuteMillis = 1;
    const aws = await fakeAws(world);
    Object.assign(process.env, aws.env);
    return new SlotSiteOfTests(world, aws);
  }

  get slots() {
    return this.world.slots!;
  }

  /** What runs in both slots with which weight: `blue 13 x3 100, green 12 x0 0`. */
  get now(): string {
    const weights = this.slots.account.rule(names.ruleArn)!;
    const shown = (["blue", "green"] as const).map((color) => {
      const { taskDefinition, desiredCount } = this.slots.account.service(names.clusterName, `${family}-${color}`)!;
      return `${color} ${revisionOf(taskDefinition)} x${desiredCount} ${weights[names[`${color}Group`]]}`;
    });
    return shown.join(", ");
  }

  weigh(blue: number, green: number): void {
    this.slots.account.setRule(names.ruleArn, { [names.blueGroup]: blue, [names.greenGroup]: green });
  }

  load(color: "blue" | "green", revision: number, desiredCount: number): void {
    const to = { taskDefinition: `${names.familyArn}:${revision}`, desiredCount };
    this.slots.account.setService(names.clusterName, `${family}-${color}`, to);
  }

  close(): void {
    this.#aws.close();
    for (const key of Object.keys(this.#aws.env)) delete process.env[key];
  }
}
