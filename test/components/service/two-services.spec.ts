import assert from "node:assert/strict";
import { slotwise } from "../../../components/delivery/stepwise.ts";
import type { FargateServiceArgs } from "../../../components/service/fargate-service.ts";
import { evaluate } from "../../../local/rollout/expression.ts";
import { inputsOf, only, type GraphOptions } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";
import { named, service } from "./fixture.ts";

const serviceType = "aws:ecs/service:Service";
const shift = slotwise("patients", { place });
const inSlots = (args: Partial<FargateServiceArgs> = {}, options: GraphOptions = {}) =>
  service({ strategy: { kind: "steps" }, shift, ...args }, options);

describe("a service in two slots", () => {
  it("begins with tasks in blue alone, each slot behind its own target group of one rule", async () => {
    const nodes = await inSlots({ minTasks: 2 });
    assert.deepEqual(
      inputsOf(nodes, serviceType).map(({ name, desiredCount, taskDefinition, loadBalancers }) => [
        ...[name, desiredCount, taskDefinition],
        loadBalancers[0].targetGroupArn,
      ]),
      [
        [
          "slipway-test-patients-blue",
          2,
          named(nodes, "patients-task").outputs.arn,
          named(nodes, "patients-blue").outputs.arn,
        ],
        [
          "slipway-test-patients-green",
          0,
          named(nodes, "patients-task").outputs.arn,
          named(nodes, "patients-green").outputs.arn,
        ],
      ],
    );
    const [action] = named(nodes, "patients-rule").inputs.actions;
    assert.deepEqual(
      action.forward.targetGroups.map(({ weight }: any) => weight),
      [100, 0],
    );
  });

  it("leaves what runs where, how often, and with which weight to the shifts", async () => {
    const nodes = await inSlots();
    for (const slot of ["blue", "green"]) {
      assert.deepEqual(named(nodes, `patients-${slot}-service`).options.ignoreChanges, [
        "taskDefinition",
        "desiredCount",
      ]);
    }
    for (const rule of ["patients-rule", "patients-test-rule"]) {
      assert.deepEqual(named(nodes, rule).options.ignoreChanges, ["actions"]);
      assert.deepEqual(named(nodes, rule).inputs.tags, { slots: "slipway-test-patients" });
    }
  });

  it("records the live revision where a hook guards it", async () => {
    const nodes = await inSlots();
    const { name, type, insecureValue } = only(nodes, "aws:ssm/parameter:Parameter").inputs;
    assert.deepEqual([name, type, insecureValue], ["/slipway/test/patients-revision", "String", "1"]);
    assert.equal(named(nodes, "patients-rollout").parent, "patients");
  });

  it("scales each slot by the requests of both, so that a tenth of the traffic keeps the tasks for all of it", async () => {
    const nodes = await inSlots();
    for (const slot of ["blue", "green"]) {
      const { targetTrackingScalingPolicyConfiguration: follow } = named(
        nodes,
        `patients-${slot}-scaling-requests`,
      ).inputs;
      const metrics = follow.customizedMetricSpecification.metrics;
      assert.equal(metrics.at(-2).expression, "(FILL(blue, 0) + FILL(green, 0)) / tasks");
      const tasks = metrics.find(({ id }: any) => id === "tasks").metricStat.metric.dimensions[1].value;
      assert.equal(tasks, `slipway-test-patients-${slot}`);
    }
    assert.deepEqual(inputsOf(await inSlots({ minTasks: 3, maxTasks: 3 }), "aws:appautoscaling/target:Target"), []);
  });

  it("asks for no more tasks in a slot without traffic, which may be about to be stopped", async () => {
    const follow = named(await inSlots(), "patients-green-scaling-requests").inputs;
    const { targetValue, customizedMetricSpecification } = follow.targetTrackingScalingPolicyConfiguration;
    const [{ expression: both }, { expression: each, returnData }] = customizedMetricSpecification.metrics.slice(-2);
    assert.deepEqual([targetValue, returnData], [1000, true]);
    for (const [title, known, value] of [
      ["has traffic and too few tasks", { blue: 9000, green: 1000, tasks: 2 }, 5000],
      ["has none any more, and a live slot that works hard", { blue: 9000, green: undefined, tasks: 2 }, 1000],
      ["has none, and more tasks than are needed", { blue: 900, green: 0, tasks: 3 }, 300],
      ["is stopped", { blue: 9000, green: undefined, tasks: 0 }, undefined],
      ["is stopped, and ECS sends nothing of it", { blue: 9000, green: undefined, tasks: undefined }, undefined],
    ] as const) {
      assert.equal(evaluate(each, { ...known, both: evaluate(both, known) }), value, title);
    }
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await inSlots({}, { preview: true })), outline(await inSlots()));
  });

  for (const [title, args, message] of [
    ["the strategy without what shifts", { shift: undefined }, /shift and the strategy steps belong together/],
    [
      "what shifts without the strategy",
      { strategy: { kind: "rolling" } },
      /shift and the strategy steps belong together/,
    ],
    ["no alarms", { rollbackAlarms: false }, /rollbackAlarms is false, and steps go by alarms alone/],
    [
      "tokens asked for by the rule",
      { tokenIssuer: "https://issuer" },
      /tokenIssuer makes the listener rule ask for tokens/,
    ],
    [
      "several rules",
      { routes: [{ paths: ["/a"] }, { paths: ["/b"] }] },
      /routes has 2 rules, and the traffic of one can be moved/,
    ],
    ["a hook of ECS's", { preTrafficHook: { functionArn: "arn" } }, /preTrafficHook is asked by ECS/],
    ["a name too long for a slot", { part: "p".repeat(46) }, /the service allows 63/],
  ] as const) {
    it(`fails on ${title}`, async () => {
      await assert.rejects(inSlots(args as unknown as Partial<FargateServiceArgs>), message);
    });
  }
});
