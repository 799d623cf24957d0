import { awsPorts } from "../../../../components/delivery/shift/aws-ports.ts";
import type { ShiftPorts } from "../../../../components/delivery/shift/ports.ts";
import type { ShiftRules } from "../../../../components/delivery/shift/rules.ts";
import { stateMachine } from "../../../../components/delivery/state-machine.ts";
import { aliasTarget } from "../../../../components/delivery/traffic-target.ts";
import { smallAccount } from "../../../aws/account.ts";
import { fakeAws, type FakeAws } from "../../../aws/server.ts";
import { World, type FakeExecution } from "../../../aws/world.ts";
import { eventually } from "../../../eventually.ts";
import { place } from "../../place.ts";

export const functionName = "slipway-test-patients";
const machineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:slipway-test-patients-rollout";
const site = { place, functionName, alias: "live", stateMachineName: "slipway-test-patients-rollout" };
export const [errors, duration] = [`${functionName}-new-errors`, `${functionName}-new-duration`];

export const rules: ShiftRules = {
  workload: "patients",
  bakeMinutes: 2,
  longestSeconds: 3000,
  weighted: true,
  alarms: [errors, duration],
  onAlarmAtStart: "refuse",
  onConflict: "wait",
};

/** A function with versions 1 to 14, 13 of them live, and the hook's real clients in front of it. */
export class Site {
  readonly world: World;
  readonly said: string[] = [];
  readonly ports: ShiftPorts;
  readonly aws: FakeAws;
  readonly machineArn = machineArn;

  private constructor(world: World, aws: FakeAws) {
    this.world = world;
    this.aws = aws;
    let slept = 0;
    this.ports = {
      ...awsPorts(site, (line) => void this.said.push(line)),
      now: () => Date.now() + slept,
      sleep(seconds) {
        slept += seconds * 1000;
        return new Promise((resolve) => setTimeout(resolve, 1));
      },
    };
  }

  static async open(): Promise<Site> {
    const plan = { ...rules, partition: "aws", steps: [10, 50, 100], smokeTest: false };
    const definition = JSON.stringify(stateMachine(plan, aliasTarget(functionName, "live")));
    const account = smallAccount({
      functionName,
      latest: 14,
      live: "13",
      alarms: [errors, duration],
      machineArn,
      definition,
    });
    const world = new World(account);
    world.minuteMillis = 1;
    const aws = await fakeAws(world);
    // The SDK would try each call again, and wait in between.
    Object.assign(aws.env, { AWS_MAX_ATTEMPTS: "1" });
    Object.assign(process.env, aws.env);
    return new Site(world, aws);
  }

  /** What the alias serves: `13`, or `13 14:0.1`. */
  get live(): string {
    const { version, weights } = this.world.getAlias(functionName, "live");
    return [version, ...Object.entries(weights).map((pair) => pair.join(":"))].join(" ");
  }

  /** What somebody else makes the alias serve. */
  serve(version: string, weights: Record<string, number> = {}): void {
    this.world.account.setAlias(functionName, "live", { version, weights });
  }

  /** A shift that somebody else has started. */
  started(name: string, from: string, to: string) {
    return this.world.start(machineArn, name, JSON.stringify({ from, to }));
  }

  /** Resolves once an execution is over. */
  ended(execution: FakeExecution): Promise<void> {
    return eventually(() => execution.status !== "RUNNING");
  }

  close(): void {
    this.aws.close();
    for (const key of Object.keys(this.aws.env)) delete process.env[key];
  }
}
