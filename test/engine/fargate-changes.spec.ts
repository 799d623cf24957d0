import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { calmly } from "../../components/delivery/calm.ts";
import { FargateService, type FargateServiceArgs } from "../../components/service/fargate-service.ts";
import type { Thing } from "./cloud.ts";
import { imageUri, place } from "./program.ts";
import { sandboxes } from "./sandbox.ts";

const balancer = (name: string) => {
  const arnSuffix = `app/${name}/50dc6c495c0c9188`;
  const listenerArn = `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/${arnSuffix}/1`;
  return { arnSuffix, listenerArn, securityGroupId: `sg-${name}` };
};

/** A program with one service, the smallest that AWS might refuse to change. */
const serving = (args: Partial<FargateServiceArgs> = {}) => {
  const all: FargateServiceArgs = {
    ...{ place, part: "patients", imageUri, repositoryName: "slipway-dev-app", user: "1000:1000", traced: false },
    ...{
      healthPath: "/health/patients",
      clusterName: "slipway-dev-fleet",
      vpcId: "vpc-1",
      securityGroupId: "sg-tasks",
    },
    clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/slipway-dev-fleet",
    subnetIds: ["subnet-1", "subnet-2"],
    loadBalancer: balancer("front"),
    routes: [{ paths: ["/patients", "/patients/*"] }],
    priority: 100,
    ...args,
  };
  return () => Promise.resolve(new FargateService("patients", all)).then(() => undefined);
};

const canary = { kind: "canary", percent: 10, bakeMinutes: 10 } as const;

describe("a running service on Fargate", () => {
  const lane = sandboxes();
  const only = (type: string): Thing => {
    const [found, ...others] = lane.box.cloud.ofType(type);
    assert.deepEqual(others, []);
    return found!;
  };
  const service = () => only("aws:ecs/service:Service");
  const rule = () => only("aws:lb/listenerRule:ListenerRule");

  async function deployed(args: Partial<FargateServiceArgs>) {
    const stack = await lane.box.stack("dev", serving(args));
    await stack.up();
    lane.box.cloud.drain();
    return stack;
  }

  async function change(stack: Stack, args: Partial<FargateServiceArgs>): Promise<string[]> {
    stack.workspace.program = serving(args);
    await stack.up();
    return lane.box.cloud.drain();
  }

  it("goes from rolling to canary in one update, prepared for it from the start", async () => {
    const stack = await deployed({});
    const { advancedConfiguration } = service().inputs.loadBalancers[0];
    assert.equal(advancedConfiguration.productionListenerRule, rule().id);
    assert.deepEqual(await change(stack, { strategy: canary }), ["update aws:ecs/service:Service patients-service"]);
    assert.equal(service().inputs.deploymentConfiguration.strategy, "CANARY");
    assert.deepEqual(service().inputs.loadBalancers[0].advancedConfiguration, advancedConfiguration);
  });

  it("goes from canary to rolling where ECS has left it, and no traffic moves", async () => {
    const stack = await deployed({ strategy: canary });
    const { actions } = rule().state;
    const [blue, green] = actions[0].forward.targetGroups;
    const weights = [
      { ...blue, weight: 0 },
      { ...green, weight: 100 },
    ];
    rule().state.actions = [{ ...actions[0], forward: { targetGroups: weights } }];
    const [balanced] = service().state.loadBalancers;
    service().state.loadBalancers = [{ ...balanced, targetGroupArn: green.arn }];
    await stack.refresh();

    assert.deepEqual(await change(stack, { strategy: { kind: "rolling" } }), [
      "update aws:ecs/service:Service patients-service",
    ]);
    assert.equal(service().inputs.deploymentConfiguration.strategy, "ROLLING");
    assert.equal(service().inputs.loadBalancers[0].targetGroupArn, green.arn);
    assert.deepEqual(rule().state.actions[0].forward.targetGroups, weights);
  });

  it("moves behind another load balancer and back, each time made before the old one is gone", async () => {
    const issuer = { tokenIssuer: "https://issuer.example.com", routes: [{ paths: ["/patients"] }, { paths: ["/a"] }] };
    const outside = { ...issuer, loadBalancer: { ...balancer("door"), entrance: "door" } };
    const stack = await deployed({ strategy: canary });
    for (const [args, made, gone] of [
      [outside, "patients-door", "patients"],
      [{ strategy: canary }, "patients", "patients-door"],
    ] as const) {
      stack.workspace.program = serving(args);
      await stack.up();
      const changes = lane.box.cloud.changes.splice(0).map(({ action, name }) => `${action} ${name}`);
      const ways = ["service", "traffic-in", "traffic-out"];
      const [created, deleted] = [
        ways.map((way) => `create ${made}-${way}`),
        ways.map((way) => `delete ${gone}-${way}`),
      ];
      const order = changes.filter((change) => [...created, ...deleted].includes(change));
      // Nothing of the way to the old tasks goes before the new ones can be reached.
      assert.deepEqual([order.slice(0, 3).sort(), order.slice(3).sort()], [created, deleted]);
      assert.equal(service().inputs.name, `slipway-dev-${made}`);
      const [{ targetGroupArn }] = service().inputs.loadBalancers;
      const groups = lane.box.cloud.ofType("aws:lb/targetGroup:TargetGroup");
      assert.deepEqual([groups.length, groups.find(({ id }) => id === targetGroupArn)?.name], [2, `${made}-blue`]);
      const alarms = lane.box.cloud.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs.name);
      assert.deepEqual(alarms.toSorted(), service().inputs.alarms.alarmNames.toSorted());
    }
  });

  it("is not deployed onto while one of its rollback alarms fires, unless that is forced", async () => {
    const firing = new Set<string>();
    const asked: string[][] = [];
    const states = (names: readonly string[]) => {
      asked.push([...names]);
      return Promise.resolve(Object.fromEntries([...firing].map((name) => [name, "ALARM"])));
    };
    const calm = (onAlarmAtStart: "refuse" | "force") =>
      calmly("patients", { place, onAlarmAtStart, alarms: { states } });
    const stack = await deployed({ preflight: calm("refuse") });
    assert.deepEqual(asked, []);
    assert.equal((await change(stack, { preflight: calm("refuse"), minTasks: 2, strategy: canary })).length, 2);
    assert.deepEqual(asked, [service().inputs.alarms.alarmNames]);

    firing.add("slipway-dev-patients-rollback-server-errors");
    const refused = /patients: slipway-dev-patients-rollback-server-errors fires already, nothing was deployed/;
    await assert.rejects(change(stack, { preflight: calm("refuse") }), refused);
    assert.equal(service().inputs.deploymentConfiguration.strategy, "CANARY");
    await change(stack, { preflight: calm("force") });
    assert.equal(service().inputs.deploymentConfiguration.strategy, "ROLLING");
  });

  it("goes onto spot capacity and back while it runs", async () => {
    const stack = await deployed({});
    for (const spotPercent of [50, 80, 0]) {
      assert.deepEqual(await change(stack, { spotPercent }), ["update aws:ecs/service:Service patients-service"]);
    }
  });
});
