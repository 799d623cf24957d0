import { slotAlarmsPath, slotTarget } from "../../components/delivery/slot-target.ts";
import { stateMachine } from "../../components/delivery/state-machine.ts";
import { smallAccount } from "../aws/account.ts";
import { fakeAws, type FakeAws } from "../aws/server.ts";
import { slotAccount, slotNamesOf } from "../aws/slot-account.ts";
import { imageDigest, revisionOf } from "../aws/slots.ts";
import { World } from "../aws/world.ts";
import { eventually } from "../eventually.ts";
import { ran, type Command } from "./command-site.ts";

const family = "slipway-staging-patients";
const cluster = "slipway-staging-fleet";
export const machineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${family}-slots-rollout`;
const names = slotNamesOf(family, cluster);
export const { ruleArn, blueGroup, greenGroup } = names;
export const alarms = ["blue", "green"].map((slot) => `${family}-${slot}-new-server-errors`);
export const imageOf = (revision: string) =>
  `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${imageDigest(revision)}`;

/** A fake account for each test: a service in two slots, revision 13 live in blue, that shifts in the given steps. */
export function slotCommandSite(steps = [10, 100]) {
  const found: { world?: World; aws?: FakeAws } = {};
  beforeEach(async () => {
    const blue = { service: `${family}-blue`, group: blueGroup, alarms: [alarms[0]!] };
    const green = { service: `${family}-green`, group: greenGroup, alarms: [alarms[1]!] };
    const { familyArn } = names;
    const target = slotTarget({ clusterName: cluster, familyArn, ruleArn, minTasks: 2, maxTasks: 4, blue, green });
    const watched = { path: slotAlarmsPath, count: 1 };
    const plan = { partition: "aws", steps, bakeMinutes: 1, alarms: watched, smokeTest: true };
    const definition = JSON.stringify(stateMachine(plan, target));
    const account = smallAccount({ functionName: "none", latest: 0, live: "", alarms, machineArn, definition });
    found.world = new World({ ...account, slots: slotAccount(family, cluster) });
    found.world.minuteMillis = 1;
    found.world.slots!.startLooks = 0;
    found.aws = await fakeAws(found.world);
  });
  afterEach(() => found.aws!.close());

  return {
    get world() {
      return found.world!;
    },
    get slots() {
      return found.world!.slots!;
    },
    /** Runs a command in this process, against the fake account. */
    run: (command: Command, args: string[]) => ran(command, args, found.aws!.env),
    /** Shifts to `to` and waits for the end of it. */
    async shifted(from: string, to: string): Promise<void> {
      const execution = found.world!.start(machineArn, `${from}-to-${to}-1`, JSON.stringify({ from, to }));
      await eventually(() => execution.status !== "RUNNING");
    },
    /** What should run in both slots: `blue 13 x3`, `green 12 x0`. */
    get now() {
      return ["blue", "green"].map((slot) => {
        const { taskDefinition, desiredCount } = found.world!.slots!.account.service(cluster, `${family}-${slot}`)!;
        return `${slot} ${revisionOf(taskDefinition)} x${desiredCount}`;
      });
    },
  };
}
