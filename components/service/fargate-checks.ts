import { pinned } from "../image/digest.ts";
import { logRetention } from "../log-retention.ts";
import { autonamed, physicalName } from "../names.ts";
import { wholeNumberIn } from "../validated.ts";
import { checkStrategy, shiftsTraffic } from "./deployment.ts";
import type { FargateServiceArgs } from "./fargate-service.ts";
import { checkRoutes } from "./listener-rules.ts";
import { slotNames, slotsTag } from "./slots.ts";
import { checkedHealth, longestName } from "./target-pair.ts";
import { taskSize } from "./task-size.ts";

/** Arguments with their defaults, names chosen and limits kept. */
export type CheckedService = ReturnType<typeof checkService>;

/** Refuses what AWS would refuse after minutes of waiting for tasks. */
export function checkService(name: string, args: FargateServiceArgs) {
  const { place, secrets = {}, strategy = { kind: "rolling" }, traced = true } = args;
  const serviceName = physicalName(place, args.part);
  const { entrance } = args.loadBalancer;
  const behind = entrance ? `-${entrance}` : "";
  autonamed(`${name}${behind}-green`, longestName);
  const logGroupName = `/aws/ecs/${serviceName}`;
  const alarmed = args.rollbackAlarms ?? true;
  const rules = {
    routes: args.routes,
    priority: args.priority,
    tokenIssuer: args.tokenIssuer,
    shifted: shiftsTraffic(strategy),
    ...(strategy.kind === "steps" && { tags: { [slotsTag]: serviceName } }),
  };
  checkRoutes(rules);
  checkEnvironment(args);
  checkUser(args.user);
  checkHook(args);
  checkShift(args);
  const stopSeconds = wholeNumberIn("stopSeconds", args.stopSeconds ?? 25, 1, 115);
  return {
    // What is bound to one load balancer is made anew behind another one, beside what runs until then.
    ...{ behind, ecsServiceName: physicalName(place, `${args.part}${behind}`) },
    ...{ place, serviceName, logGroupName, alarmed, traced, rules, secrets },
    strategy: checkStrategy(strategy, alarmed),
    imageUri: pinned("imageUri", args.imageUri),
    size: taskSize({ cpu: args.cpu ?? 256, memoryMiB: args.memoryMiB ?? 512 }),
    port: wholeNumberIn("containerPort", args.containerPort ?? 8080, 1024, 65535),
    health: checkedHealth(args.health),
    graceSeconds: wholeNumberIn("graceSeconds", args.graceSeconds ?? 60, 0, 300),
    // ECS kills what still runs then, so the service has ended by itself before.
    stopTimeoutSeconds: stopSeconds + 5,
    drainSeconds: stopSeconds + 5,
    logRetentionDays: logRetention(args.logRetentionDays ?? 30),
    spotPercent: wholeNumberIn("spotPercent", args.spotPercent ?? 0, 0, 100),
    roles: {
      ...{ place, part: args.part, logGroupName, traced },
      repositoryName: args.repositoryName,
      collectorRepositoryName: args.collectorRepositoryName,
      secretArns: [...new Set(Object.values(secrets))],
      permissions: args.permissions ?? [],
    },
    ...scalingOf(args),
  };
}

function scalingOf({
  minTasks = 1,
  maxTasks = 4,
  cpuTargetPercent = 70,
  requestsPerTarget = 1000,
}: FargateServiceArgs) {
  wholeNumberIn("minTasks", minTasks, 1, 1000);
  wholeNumberIn("maxTasks", maxTasks, minTasks, 1000);
  wholeNumberIn("cpuTargetPercent", cpuTargetPercent, 10, 90);
  wholeNumberIn("requestsPerTarget", requestsPerTarget, 1, 1_000_000);
  return { scaled: maxTasks > minTasks, scaling: { minTasks, maxTasks, cpuTargetPercent, requestsPerTarget } };
}

function checkEnvironment({ environment = {}, secrets = {} }: FargateServiceArgs): void {
  for (const [name, arn] of Object.entries(secrets)) {
    if (name in environment) throw new Error(`secrets and environment both have "${name}": leave one out`);
    // With the six characters AWS adds: a name alone would also mean another secret whose name begins like it.
    if (!/^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/.test(arn)) {
      throw new Error(
        `secrets must have the exact ARN of each secret, got "${arn}" for ${name}: no wildcard, no bare name`,
      );
    }
  }
  const wrong = [...Object.keys(environment), ...Object.keys(secrets)].find((name) => !/^[a-zA-Z_]\w*$/.test(name));
  if (wrong !== undefined) {
    throw new Error(`environment has a variable "${wrong}": use letters, digits and underscores, no digit first`);
  }
}

function checkUser(user: string): void {
  if (!/^[1-9]\d{0,9}:[1-9]\d{0,9}$/.test(user)) {
    throw new Error(`user must be a numeric user and group other than root, got "${user}": use 1000:1000`);
  }
}

/** What shifts by steps, where `shift` is given. */
function checkShift({ strategy, shift, place, part, rollbackAlarms }: FargateServiceArgs): void {
  if ((strategy?.kind === "steps") !== (shift !== undefined)) {
    throw new Error("shift and the strategy steps belong together: give both or neither");
  }
  if (!shift) return;
  if (rollbackAlarms === false) {
    throw new Error("rollbackAlarms is false, and steps go by alarms alone: use another strategy or leave it out");
  }
  for (const slot of slotNames) physicalName(place, `${part}-${slot}`);
}

function checkHook({ preTrafficHook, strategy, loadBalancer }: FargateServiceArgs): void {
  if (!preTrafficHook) return;
  if (!strategy || strategy.kind === "steps" || !shiftsTraffic(strategy)) {
    throw new Error(
      "preTrafficHook is asked by ECS before it shifts traffic: use blue-green, canary or linear, or the smoke test of steps",
    );
  }
  if (!loadBalancer.testListenerArn) {
    throw new Error("preTrafficHook tries the next revision on a test port: give the load balancer a testPort");
  }
}
