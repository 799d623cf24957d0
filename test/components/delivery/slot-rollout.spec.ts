import assert from "node:assert/strict";
import validate from "asl-validator";
import * as pulumi from "@pulumi/pulumi";
import { SlotRollout, type SlotRolloutArgs } from "../../../components/delivery/slot-rollout.ts";
import type { TwoSlots } from "../../../components/service/slots.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { slotNamesOf } from "../../aws/slot-account.ts";
import { outline, place, policiesIn } from "../place.ts";

const family = "slipway-test-patients";
const names = slotNamesOf(family);
const site: TwoSlots = {
  ...{ part: "patients", clusterName: names.clusterName, family, minTasks: 2, maxTasks: 4 },
  roleNames: [`${family}-execution`, `${family}-task`],
  slots: {
    blue: { serviceName: `${family}-blue`, targetGroupArn: names.blueGroup, targetGroupSuffix: "targetgroup/b/1" },
    green: { serviceName: `${family}-green`, targetGroupArn: names.greenGroup, targetGroupSuffix: "targetgroup/g/2" },
  },
  ...{ ruleArn: names.ruleArn, loadBalancerSuffix: "app/front/50dc6c495c0c9188" },
};
const tested = { ...site, testRuleArn: names.testRuleArn };

const build = async (args: Partial<SlotRolloutArgs> = {}, preview = false): Promise<Node[]> =>
  (await graph(() => void new SlotRollout("patients-rollout", { place, site, ...args }), { preview })).nodes;

const definitionIn = (nodes: Node[]) => JSON.parse(only(nodes, "aws:sfn/stateMachine:StateMachine").inputs.definition);
const alarmsIn = (nodes: Node[]) => inputsOf(nodes, "aws:cloudwatch/metricAlarm:MetricAlarm");
const grantsIn = (nodes: Node[]) => JSON.parse(only(nodes, "aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement;
const services = ["blue", "green"].map(
  (slot) => `arn:aws:ecs:eu-west-1:123456789012:service/slipway-test-fleet/${family}-${slot}`,
);

describe("SlotRollout", () => {
  it("shifts 10, 50, 100 per cent and watches each for two minutes more than its slowest alarm needs", async () => {
    assert.match(
      definitionIn(await build()).Comment,
      /^Shifts traffic 10, 50, 100 per cent, 7 minutes each, under 3 alarms$/,
    );
    assert.match(definitionIn(await build({ tier: "dev" })).Comment, /4 minutes each/);
    assert.match(
      definitionIn(await build({ steps: [100], bakeMinutes: 20 })).Comment,
      /^Shifts traffic 100 per cent, 20 minutes/,
    );
  });

  for (const args of [{}, { site: tested, smokeTest: { functionName: "probe" } }]) {
    it(`has a definition that Step Functions takes, with ${JSON.stringify(args.smokeTest ?? {})}`, async () => {
      const { isValid, errors } = validate(definitionIn(await build(args)));
      assert.deepEqual([isValid, errors], [true, []]);
    });
  }

  it("watches each slot by its own target group and service, and pages nobody", async () => {
    const alarms = alarmsIn(await build());
    const balanced = { LoadBalancer: "app/front/50dc6c495c0c9188" };
    for (const [slot, TargetGroup] of [
      ["blue", "targetgroup/b/1"],
      ["green", "targetgroup/g/2"],
    ] as const) {
      const own = alarms.filter(({ name }) => name.startsWith(`${family}-${slot}-new-`));
      const series = own.flatMap(({ metricQueries }) => metricQueries.flatMap(({ metric }: any) => metric ?? []));
      for (const { namespace, dimensions } of series) {
        const counted = { ClusterName: "slipway-test-fleet", ServiceName: `${family}-${slot}` };
        assert.deepEqual(dimensions, namespace === "AWS/ApplicationELB" ? { ...balanced, TargetGroup } : counted);
      }
      assert.deepEqual(
        own
          .map(({ name, evaluationPeriods, treatMissingData, alarmActions }) => [
            name.split("-new-")[1],
            ...[evaluationPeriods, treatMissingData, alarmActions],
          ])
          .sort(),
        [
          ["healthy-hosts", 2, "notBreaching", undefined],
          ["response-time", 5, "notBreaching", undefined],
          ["server-errors", 1, "notBreaching", undefined],
        ],
      );
    }
    assert.equal(alarms.length, 6);
  });

  it("has another name than the rollout of the function that the service may have been", async () => {
    const machine = "slipway-test-patients-slots-rollout";
    const nodes = await build();
    assert.equal(only(nodes, "aws:sfn/stateMachine:StateMachine").inputs.name, machine);
    assert.equal(only(nodes, "aws:cloudwatch/logGroup:LogGroup").inputs.name, `/aws/vendedlogs/states/${machine}`);
    const trust = JSON.parse(only(nodes, "aws:iam/role:Role").inputs.assumeRolePolicy).Statement[0].Condition;
    const arn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${machine}`;
    assert.deepEqual(trust.ArnLike, { "aws:SourceArn": arn });
  });

  it("is quiet about a slot that is meant to be empty", async () => {
    const [alarm] = alarmsIn(await build()).filter(({ name }) => name.endsWith("green-new-healthy-hosts"));
    const [watched, healthy, wanted] = alarm!.metricQueries;
    assert.equal(watched.expression, "IF(FILL(wanted, 0) > 0 AND FILL(healthy, 0) < 1, 1, 0)");
    assert.deepEqual(
      [healthy.metric.metricName, healthy.metric.stat, wanted.metric.metricName],
      ["HealthyHostCount", "Minimum", "DesiredTaskCount"],
    );
  });

  it("may move its own rule by its tag, load revisions of its family into its own services, and read its alarms", async () => {
    const [, shift, look, load, pass, stop, read, ...rest] = grantsIn(
      await build({ alarms: [{ name: "checkout", minutes: 2 }] }),
    );
    assert.deepEqual(
      [shift.Action, shift.Resource, shift.Condition],
      [
        ["elasticloadbalancing:ModifyRule"],
        ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/*"],
        { StringEquals: { "aws:ResourceTag/slots": family } },
      ],
    );
    assert.deepEqual([look.Action, look.Resource], [["ecs:DescribeServices"], services]);
    assert.deepEqual(
      [load.Action, load.Resource, load.Condition],
      [["ecs:UpdateService"], services, { ArnLike: { "ecs:task-definition": `${names.familyArn}:*` } }],
    );
    assert.deepEqual(
      [pass.Action, pass.Resource, pass.Condition],
      [
        ["iam:PassRole"],
        [`arn:aws:iam::123456789012:role/${family}-execution`, `arn:aws:iam::123456789012:role/${family}-task`],
        { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      ],
    );
    assert.deepEqual([stop.Resource, stop.Condition], [services, { Null: { "ecs:task-definition": "true" } }]);
    assert.equal(read.Resource.length, 7);
    assert.deepEqual(
      rest.map(({ Sid }: any) => Sid),
      ["DeliverLogs", "SendTraces", "ReadSampling"],
    );
  });

  it("knows every document at preview, and shows what it creates at update", async () => {
    const unmade = { ...tested, ruleArn: pulumi.output(names.ruleArn) };
    const [preview, update] = [await build({ site: unmade }, true), await build({ site: unmade })];
    assert.deepEqual([outline(preview), policiesIn(preview)], [outline(update), policiesIn(update)]);
    assert.ok(!JSON.stringify(policiesIn(preview)).includes(unknownValue));
  });

  for (const [why, args, message] of [
    ["steps that do not end at 100", { steps: [10, 50] }, /^steps .* got \[10, 50\]/],
    ["a bake too short", { bakeMinutes: 6 }, /^bakeMinutes 6 is over before the slowest alarm can fire: use 7 or more/],
    [
      "an alarm of its own named again",
      { alarms: [{ name: `${family}-blue-new-server-errors`, minutes: 1 }] },
      /^alarms has .* twice/,
    ],
    [
      "a smoke test without a test port",
      { smokeTest: { functionName: "probe" } },
      /^smokeTest tries .* give the load balancer a testPort/,
    ],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args as unknown as Partial<SlotRolloutArgs>), (error: Error) => {
        assert.ok(pulumi.ResourceError.isInstance(error) && error.hideStack);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
