import assert from "node:assert/strict";
import { inputsOf, only, type Node } from "../../../local/graph.ts";
import { service, serviceIn } from "./fixture.ts";

const policies = "aws:appautoscaling/policy:Policy";
const target = "aws:appautoscaling/target:Target";

describe("autoscaling", () => {
  it("keeps one to four tasks", async () => {
    const nodes = await service();
    const { minCapacity, maxCapacity, resourceId } = only(nodes, target).inputs;
    assert.deepEqual(
      [minCapacity, maxCapacity, resourceId],
      [1, 4, "service/slipway-test-services/slipway-test-patients"],
    );
    assert.equal(serviceIn(nodes).inputs.desiredCount, 1);
  });

  it("aims at 70 % of CPU", async () => {
    const { targetTrackingScalingPolicyConfiguration: aim } = inputsOf(await service(), policies)[0]!;
    assert.deepEqual(
      [
        aim.targetValue,
        aim.predefinedMetricSpecification.predefinedMetricType,
        aim.scaleOutCooldown,
        aim.scaleInCooldown,
      ],
      [70, "ECSServiceAverageCPUUtilization", 60, 300],
    );
  });

  it("counts requests over both target groups, by task", async () => {
    const { targetTrackingScalingPolicyConfiguration: aim } = inputsOf(
      await service({ requestsPerTarget: 600 }),
      policies,
    )[1]!;
    const [blue, green, tasks, each] = aim.customizedMetricSpecification.metrics;
    assert.deepEqual(
      [aim.targetValue, each.expression, each.returnData],
      [600, "(FILL(blue, 0) + FILL(green, 0)) / tasks", true],
    );
    assert.deepEqual(
      [blue, green].map(({ metricStat }: any) => [metricStat.metric.metricName, metricStat.stat]),
      [
        ["RequestCount", "Sum"],
        ["RequestCount", "Sum"],
      ],
    );
    assert.notDeepEqual(blue.metricStat.metric.dimensions, green.metricStat.metric.dimensions);
    assert.equal(tasks.metricStat.metric.metricName, "RunningTaskCount");
  });

  it("owns the number of tasks exactly where it is on", async () => {
    const ignored = (nodes: Node[]) => serviceIn(nodes).options.ignoreChanges!.includes("desiredCount");
    assert.equal(ignored(await service({ minTasks: 2, maxTasks: 10 })), true);
    const still = await service({ minTasks: 2, maxTasks: 2 });
    assert.deepEqual([ignored(still), serviceIn(still).inputs.desiredCount], [false, 2]);
    assert.deepEqual([...inputsOf(still, target), ...inputsOf(still, policies)], []);
  });
});
