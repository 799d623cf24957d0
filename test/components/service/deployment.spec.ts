import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { FargateService } from "../../../components/service/fargate-service.ts";
import type { NativeStrategy } from "../../../components/service/deployment.ts";
import { timeoutMinutes } from "../../../components/service/deployment.ts";
import { graph, inputsOf } from "../../../local/graph.ts";
import { named, required, service, serviceIn } from "./fixture.ts";

const shifting: NativeStrategy[] = [
  { kind: "blue-green", bakeMinutes: 10 },
  { kind: "canary", percent: 10, bakeMinutes: 10 },
  { kind: "linear", percent: 25, bakeMinutes: 7 },
];
const ruleType = "aws:lb/listenerRule:ListenerRule";

describe("deployment strategies", () => {
  for (const [strategy, configuration] of [
    [{ kind: "rolling" }, { strategy: "ROLLING" }],
    [shifting[0], { strategy: "BLUE_GREEN", bakeTimeInMinutes: "10" }],
    [
      shifting[1],
      {
        strategy: "CANARY",
        bakeTimeInMinutes: "10",
        canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "10" },
      },
    ],
    [
      shifting[2],
      {
        strategy: "LINEAR",
        bakeTimeInMinutes: "7",
        linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: "7" },
      },
    ],
  ] as [NativeStrategy, object][]) {
    it(`are ECS's own: ${strategy.kind}`, async () => {
      assert.deepEqual(serviceIn(await service({ strategy })).inputs.deploymentConfiguration, configuration);
    });
  }

  for (const strategy of [...shifting, { kind: "rolling" }] as NativeStrategy[]) {
    it(`of ${strategy.kind} leave the target groups and weights to ECS`, async () => {
      const nodes = await service({ strategy, maxTasks: 1 });
      assert.deepEqual(serviceIn(nodes).options.ignoreChanges, ["loadBalancers"]);
      const rules = nodes.filter(({ type }) => type === ruleType);
      assert.deepEqual(
        rules.map(({ name, options }) => [name, options.ignoreChanges]),
        [
          ["patients-rule", ["actions"]],
          ["patients-test-rule", ["actions"]],
        ],
      );
      const [{ advancedConfiguration: given, targetGroupArn }] = serviceIn(nodes).inputs.loadBalancers;
      assert.equal(targetGroupArn, named(nodes, "patients-blue").outputs.arn);
      assert.equal(given.alternateTargetGroupArn, named(nodes, "patients-green").outputs.arn);
      assert.equal(given.productionListenerRule, named(nodes, "patients-rule").outputs.arn);
      assert.equal(given.testListenerRule, named(nodes, "patients-test-rule").outputs.arn);
      assert.equal(given.roleArn, named(nodes, "patients-shift-role").outputs.arn);
    });
  }

  for (const [title, args] of [
    ["several rules", { routes: [{ paths: ["/patients"] }, { paths: ["/patients/*"] }] }],
    ["a rule that asks for tokens", { tokenIssuer: "https://issuer.example.com" }],
  ] as const) {
    it(`own ${title}, which nobody moves`, async () => {
      const nodes = await service({ ...args, maxTasks: 1 });
      assert.deepEqual(serviceIn(nodes).options.ignoreChanges, []);
      for (const { options } of nodes.filter(({ type }) => type === ruleType)) {
        assert.equal(options.ignoreChanges, undefined);
      }
      assert.equal(serviceIn(nodes).inputs.loadBalancers[0].advancedConfiguration, undefined);
    });
  }

  it("differ in the configuration of deployments alone, so that a running service may change over", async () => {
    const [rolling, canary] = await Promise.all(
      [{ kind: "rolling" } as const, shifting[1]!].map(async (strategy) => await service({ strategy })),
    );
    const inputs = (nodes: typeof rolling) =>
      nodes!.map(({ type, name, inputs: given, options: { ignoreChanges } }) => {
        const alike = Object.entries(given).filter(([key]) => key !== "deploymentConfiguration");
        return [type, name, alike, ignoreChanges];
      });
    assert.deepEqual(inputs(rolling), inputs(canary));
  });

  it("do without a test rule where the load balancer has no test port", async () => {
    const loadBalancer = { ...required.loadBalancer, testListenerArn: undefined };
    const nodes = await service({ strategy: shifting[0], loadBalancer });
    assert.deepEqual(inputsOf(nodes, ruleType).length, 1);
  });

  it("ask the hook on the test port before production traffic moves", async () => {
    const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-smoke";
    const nodes = await service({ strategy: shifting[1], preTrafficHook: { functionArn } });
    const [hook] = serviceIn(nodes).inputs.deploymentConfiguration.lifecycleHooks;
    assert.deepEqual(
      [hook.targetType, hook.hookTargetArn, hook.lifecycleStages],
      ["AWS_LAMBDA", functionArn, ["POST_TEST_TRAFFIC_SHIFT"]],
    );
    const [statement] = JSON.parse(named(nodes, "patients-hook-grant").inputs.policy).Statement;
    assert.deepEqual([statement.Action, statement.Resource], [["lambda:InvokeFunction"], [functionArn]]);
  });

  for (const [strategy, minutes] of [
    [{ kind: "rolling" }, 40],
    [shifting[0], 50],
    [shifting[1], 60],
    [shifting[2], 68],
  ] as [NativeStrategy, number][]) {
    it(`of ${strategy.kind} may take ${minutes} minutes`, () => assert.equal(timeoutMinutes(strategy), minutes));
  }

  for (const strategy of shifting) {
    it(`fails on a bake of ${strategy.kind} that ends before an alarm can fire`, async () => {
      const short = { ...strategy, bakeMinutes: 6 } as NativeStrategy;
      await assert.rejects(
        service({ strategy: short }),
        /bakeMinutes of .* must be a whole number from 7 to 1440, .*, got 6: use 10/,
      );
      assert.ok(await service({ strategy: short, rollbackAlarms: false }));
    });
  }

  it("fails on a share that ECS does not take", async () => {
    await assert.rejects(
      service({ strategy: { kind: "canary", percent: 100, bakeMinutes: 10 } }),
      /percent of canary must be from 0.1 to 99.9, got 100/,
    );
    await assert.rejects(
      service({ strategy: { kind: "linear", percent: 2, bakeMinutes: 10 } }),
      /percent of linear must be from 3 to 100, got 2/,
    );
  });

  it("fails on several rules where ECS moves one", async () => {
    const routes = [{ paths: ["/patients"] }, { paths: ["/patients/*"] }];
    await assert.rejects(
      service({ strategy: shifting[0], routes }),
      /routes has 2 rules, and the traffic of one can be moved/,
    );
    assert.equal(inputsOf(await service({ routes }), ruleType).length, 2);
  });

  it("fails the update when ECS has taken the deployment back", async () => {
    const run = (running: string, preview = false) => {
      const answers = { "aws:ecs/service:Service": () => ({ taskDefinition: running }) };
      // Whatever waits for the component, as the end of the program does, waits for the revision.
      return graph(() => settled(new FargateService("patients", required).taskDefinitionArn), { answers, preview });
    };
    const before = "arn:aws:ecs:eu-west-1:123456789012:task-definition/slipway-test-patients:0";
    await assert.rejects(
      run(before),
      /deployment of slipway-test-patients:1 was rolled back, slipway-test-patients runs slipway-test-patients:0: read its alarms/,
    );
    await run(before, true);
    await run("slipway-test-patients:1");
  });
});

// The output's own promise: an assertion inside apply would be nobody's failure.
const settled = (output: pulumi.Output<string>) => (output as any).promise() as Promise<string>;
