import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameterName, physicalName } from "../names.ts";
import { autoscaling } from "./autoscaling.ts";
import { serviceContainerName } from "./containers.ts";
import { timeoutMinutes } from "./deployment.ts";
import type { CheckedService } from "./fargate-checks.ts";
import type { FargateServiceArgs } from "./fargate-service.ts";
import { listenerRules } from "./listener-rules.ts";
import type { Running, Standing } from "./one-service.ts";
import { taskRoleNames } from "./roles.ts";
import { slotNames, type SlotName, type SlotShift, type TwoSlots } from "./slots.ts";
import { serviceSettings } from "./task.ts";

/**
 * Two ECS services, one with the traffic and one for the next revision, and the record of the revision that is live. Which revision runs
 * in which of them is decided by what shifts the traffic; here both begin with the first one, and blue has the tasks.
 */
export function twoServices(
  name: string,
  args: FargateServiceArgs,
  checked: CheckedService & { shift: SlotShift },
  { task, targets, rules, grants, securityGroupIds }: Standing,
  child: pulumi.CustomResourceOptions,
): Running {
  const { place, serviceName: family, scaling, scaled, shift } = checked;
  const { part, clusterName, loadBalancer } = args;
  const { testListenerArn } = loadBalancer;
  const [test] = testListenerArn
    ? listenerRules(`${name}-test-rule`, checked.rules, { listenerArn: testListenerArn, targets }, child)
    : [];
  const names = { blue: physicalName(place, `${part}-blue`), green: physicalName(place, `${part}-green`) };
  const suffixes = { blue: targets.blue.arnSuffix, green: targets.green.arnSuffix };
  const pair = { loadBalancer: loadBalancer.arnSuffix, ...suffixes };
  const timeout = `${timeoutMinutes({ kind: "rolling" })}m`;
  const services = slotNames.map((slot) => {
    const service = new aws.ecs.Service(
      `${name}-${slot}-service`,
      {
        ...serviceSettings(args, checked, securityGroupIds),
        name: names[slot],
        desiredCount: slot === "blue" ? scaling.minTasks : 0,
        taskDefinition: task.arn,
        deploymentConfiguration: { strategy: "ROLLING" },
        loadBalancers: [
          { targetGroupArn: targets[slot].arn, containerName: serviceContainerName, containerPort: checked.port },
        ],
      },
      {
        ...child,
        dependsOn: [...grants, ...rules],
        // What runs in a slot, and how often, is said by the shifts.
        ignoreChanges: ["taskDefinition", "desiredCount"],
        deleteBeforeReplace: true,
        customTimeouts: { create: timeout, update: timeout, delete: "30m" },
      },
    );
    // Each counts the requests of both, so a new revision at a tenth of the traffic keeps the tasks for all of it.
    const follows = { ...pair, slot, serviceName: names[slot], clusterName, ...scaling };
    if (scaled) autoscaling(`${name}-${slot}`, follows, { ...child, dependsOn: [service] });
    return service;
  });

  const slotOf = (slot: SlotName) => ({
    serviceName: names[slot],
    targetGroupArn: targets[slot].arn,
    targetGroupSuffix: suffixes[slot],
  });
  const site: TwoSlots = {
    ...{ part, clusterName, family, minTasks: scaling.minTasks, maxTasks: scaling.maxTasks },
    roleNames: Object.values(taskRoleNames(place, part)),
    slots: { blue: slotOf("blue"), green: slotOf("green") },
    ruleArn: rules[0]!.arn,
    testRuleArn: test?.arn,
    loadBalancerSuffix: loadBalancer.arnSuffix,
  };
  const { dependsOn = [], hooks, alarmNames } = shift.guard(site, child);
  const live = new aws.ssm.Parameter(
    `${name}-revision`,
    {
      name: parameterName(place, `${part}-revision`),
      type: "String",
      description: `Revision of ${family} that has the traffic, by the last update`,
      insecureValue: task.revision.apply(String),
    },
    { ...child, hooks, dependsOn: [...[dependsOn].flat(), ...services] as pulumi.Resource[] },
  );
  return {
    ecsServices: Object.values(names),
    // Known to be live once the record says so.
    taskDefinitionArn: pulumi.all([task.arn, live.id]).apply(([arn]) => arn),
    rollbackAlarmNames: alarmNames,
    // The record comes after both services, and after each shift.
    steady: live.id,
  };
}
