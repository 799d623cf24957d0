import type { SlotRolloutArgs } from "../../components/delivery/slot-rollout.ts";
import { slotwise } from "../../components/delivery/stepwise.ts";
import { FargateService } from "../../components/service/fargate-service.ts";
import { revisionOf } from "../aws/slots.ts";
import type { Cloud } from "./cloud.ts";
import { imageUri, place } from "./program.ts";
import { connect, rolloutApis } from "./rollout-lane.ts";
import { sandboxes } from "./sandbox.ts";

const elb = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";

export interface SlotVariant {
  memoryMiB?: number;
  rollout?: Partial<SlotRolloutArgs>;
}

/** A program with one service in two slots. Another `memoryMiB` makes another revision. */
export const slotted = ({ memoryMiB = 512, rollout = {} }: SlotVariant = {}) => {
  const shift = slotwise("patients", { place, connect, ...rollout });
  const args = {
    ...{ place, part: "patients", imageUri, repositoryName: "slipway-dev-app", user: "1000:1000", memoryMiB },
    ...{
      healthPath: "/health/patients",
      clusterName: "slipway-dev-fleet",
      vpcId: "vpc-1",
      securityGroupId: "sg-tasks",
    },
    clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/slipway-dev-fleet",
    subnetIds: ["subnet-1", "subnet-2"],
    loadBalancer: {
      arnSuffix: "app/front/50dc6c495c0c9188",
      listenerArn: `${elb}:listener/app/front/50dc6c495c0c9188/1`,
      securityGroupId: "sg-balancer",
    },
    ...{ routes: [{ paths: ["/patients", "/patients/*"] }], priority: 100, minTasks: 2 },
    ...{ strategy: { kind: "steps" as const }, shift },
  };
  return () => Promise.resolve(new FargateService("patients", args)).then(() => undefined);
};

/** A sandbox per test with one service in two slots, and the APIs that rollouts call. */
export function slotsLane() {
  const lane = sandboxes();
  const apis = rolloutApis(lane);
  return {
    get box() {
      return lane.box;
    },
    get world() {
      return apis.world;
    },
    get slots() {
      return apis.world.slots!;
    },
    held: apis.held,
    /** What runs in both slots with which weight: `blue 1 x2 100, green 1 x0 0`. */
    get now(): string {
      const [rule] = lane.box.cloud.ofType("aws:lb/listenerRule:ListenerRule");
      const weights = apis.world.slots!.account.rule(rule!.id)!;
      const shown = (["blue", "green"] as const).map((slot) => {
        const found = apis.world.slots!.account.service("", `slipway-dev-patients-${slot}`)!;
        return `${slot} ${revisionOf(found.taskDefinition)} x${found.desiredCount} ${weights[found.targetGroupArn]}`;
      });
      return shown.join(", ");
    },
    /** The stack with nothing in it. */
    fresh(variant?: SlotVariant) {
      countRevisions(lane.box.cloud);
      return lane.box.stack("dev", slotted(variant));
    },
    /** The stack with revision 1 of the service live in blue. */
    async deployed(variant?: SlotVariant) {
      const stack = await this.fresh(variant);
      await stack.up();
      lane.box.cloud.drain();
      return stack;
    },
  };
}

/** Each task that was not there before is a further revision of its family. */
function countRevisions(cloud: Cloud): void {
  const seen: string[] = [];
  cloud.answers = {
    "aws:ecs/taskDefinition:TaskDefinition": (_, inputs) => {
      const task = JSON.stringify(inputs);
      if (!seen.includes(task)) seen.push(task);
      const revision = seen.indexOf(task) + 1;
      return { revision, arn: `arn:aws:ecs:eu-west-1:123456789012:task-definition/${inputs.family}:${revision}` };
    },
  };
}
