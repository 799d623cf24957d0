import * as aws from "@pulumi/aws";
import type * as lb from "@pulumi/aws/lb/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { loadBalancingArn } from "../iam/arns.ts";
import { assumableBy, document, type Statement } from "../iam/document.ts";
import type { Place } from "../names.ts";
import type { PreTrafficHook } from "./deployment.ts";
import { listenerRules, type ListenerRulesArgs } from "./listener-rules.ts";
import type { LoadBalancerFace } from "./load-balancer.ts";
import type { TargetPair } from "./target-pair.ts";

export interface TrafficShiftingArgs {
  place: Place;
  rules: ListenerRulesArgs;
  loadBalancer: LoadBalancerFace;
  targets: TargetPair;
  /** The rule of production traffic. */
  rule: lb.ListenerRule;
  hook?: PreTrafficHook;
}

/** What ECS needs to move the traffic of one listener rule between two target groups, and to ask first. */
export function trafficShifting(name: string, args: TrafficShiftingArgs, child: pulumi.CustomResourceOptions) {
  const { place, rules, loadBalancer, targets, rule, hook } = args;
  const role = new aws.iam.Role(`${name}-shift-role`, { assumeRolePolicy: assumableBy("ecs.amazonaws.com") }, child);
  const policy = document(...moveTraffic(place));
  const grant = new aws.iam.RolePolicy(`${name}-shift-grant`, { role: role.id, policy }, child);
  const { testListenerArn } = loadBalancer;
  const [test] = testListenerArn
    ? listenerRules(`${name}-test-rule`, rules, { listenerArn: testListenerArn, targets }, child)
    : [];
  const asked = hook && preTraffic(name, hook, child);
  return {
    grants: [grant, ...(test ? [test] : []), ...(asked ? [asked.grant, ...(hook.dependsOn ?? [])] : [])],
    hooks: asked && { lifecycleHooks: [asked.hook] },
    advancedConfiguration: {
      alternateTargetGroupArn: targets.green.arn,
      productionListenerRule: rule.arn,
      roleArn: role.arn,
      ...(test && { testListenerRule: test.arn }),
    },
  };
}

/**
 * What AWS's own policy for this purpose, AmazonECSInfrastructureRolePolicyForLoadBalancers, lets ECS do, held to this account
 * and region. AWS invents the ids of listeners, rules and target groups, so nothing narrower is known at preview.
 */
const moveTraffic = (place: Place): Statement[] => [
  {
    sid: "LookAtLoadBalancer",
    actions: ["Listeners", "Rules", "TargetGroups", "TargetHealth"].map(
      (what) => `elasticloadbalancing:Describe${what}`,
    ),
    resources: ["*"],
  },
  {
    sid: "MoveTraffic",
    actions: ["ModifyListener", "ModifyRule", "RegisterTargets", "DeregisterTargets"].map(
      (action) => `elasticloadbalancing:${action}`,
    ),
    resources: ["listener/app/*", "listener-rule/app/*", "targetgroup/*"].map((path) => loadBalancingArn(place, path)),
  },
];

/** A function that ECS calls when the new revision answers on the test port, and whose word it waits for. */
function preTraffic(name: string, { functionArn }: PreTrafficHook, child: pulumi.CustomResourceOptions) {
  const role = new aws.iam.Role(`${name}-hook-role`, { assumeRolePolicy: assumableBy("ecs.amazonaws.com") }, child);
  const policy = document({ sid: "AskHook", actions: ["lambda:InvokeFunction"], resources: [functionArn] });
  const grant = new aws.iam.RolePolicy(`${name}-hook-grant`, { role: role.id, policy }, child);
  const hook = {
    targetType: "AWS_LAMBDA",
    hookTargetArn: functionArn,
    roleArn: role.arn,
    lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
  };
  return { grant, hook };
}
