import type * as pulumi from "@pulumi/pulumi";

/** The two places of a service, one with the traffic and one for the next revision. */
export const slotNames = ["blue", "green"] as const;
export type SlotName = (typeof slotNames)[number];

/** Tag of the listener rule that divides their traffic; its value is the name of the task family. */
export const slotsTag = "slots";

/** One ECS service and its target group. */
export interface Slot {
  serviceName: string;
  targetGroupArn: pulumi.Input<string>;
  /** End of the target group's ARN: a dimension of its metrics. */
  targetGroupSuffix: pulumi.Input<string>;
}

/** Two ECS services behind one listener rule, whose weights say which of them has the traffic. */
export interface TwoSlots {
  /** Last part of the name of both. */
  part: string;
  clusterName: string;
  /** Name of the task family whose revisions run in them. */
  family: string;
  /** Names of the two roles of its tasks. */
  roleNames: readonly string[];
  slots: Readonly<Record<SlotName, Slot>>;
  ruleArn: pulumi.Input<string>;
  /** Rule of the listener on which a new revision can be tried. */
  testRuleArn?: pulumi.Input<string>;
  /** End of the load balancer's ARN: a dimension of its metrics. */
  loadBalancerSuffix: pulumi.Input<string>;
  /** Fewest and most tasks of the slot with the traffic. */
  minTasks: number;
  maxTasks: number;
}

/** How a new revision gets the traffic of two slots. */
export interface SlotShift {
  /** Makes what watches over both slots and returns the options that put the record of the live revision behind it. */
  guard: (
    slots: TwoSlots,
    opts: pulumi.ComponentResourceOptions,
  ) => Pick<pulumi.CustomResourceOptions, "dependsOn" | "hooks"> & { alarmNames: readonly string[] };
}
