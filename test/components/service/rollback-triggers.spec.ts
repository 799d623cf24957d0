import assert from "node:assert/strict";
import { inputsOf } from "../../../local/graph.ts";
import { evaluate } from "../../../local/rollout/expression.ts";
import { service, serviceIn } from "./fixture.ts";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alarms = async () => inputsOf(await service(), alarmType);

describe("rollback triggers", () => {
  for (const [id, metric, stat, expression, comparison, threshold, periods] of [
    [
      "response-time",
      "TargetResponseTime",
      "Average",
      "MAX([FILL(blue, 0), FILL(green, 0)])",
      "GreaterThanThreshold",
      5,
      5,
    ],
    [
      "server-errors",
      "HTTPCode_Target_5XX_Count",
      "Sum",
      "FILL(blue, 0) + FILL(green, 0)",
      "GreaterThanThreshold",
      10,
      1,
    ],
    [
      "healthy-hosts",
      "HealthyHostCount",
      "Minimum",
      "IF(FILL(blue + 1, 0) + FILL(green + 1, 0) < 1, 1, MAX([FILL(blue, 0), FILL(green, 0)]))",
      "LessThanThreshold",
      1,
      2,
    ],
  ] as const) {
    it(`fire on ${id} over both target groups`, async () => {
      const alarm = (await alarms()).find(({ name }) => name === `slipway-test-patients-rollback-${id}`)!;
      const [watched, blue, green] = alarm.metricQueries;
      assert.deepEqual([watched.expression, watched.returnData], [expression, true]);
      for (const { metric: read } of [blue, green]) {
        assert.deepEqual(
          [read.namespace, read.metricName, read.stat, read.period],
          ["AWS/ApplicationELB", metric, stat, 60],
        );
        assert.equal(read.dimensions.LoadBalancer, "app/balancer/50dc6c495c0c9188");
      }
      assert.match(blue.metric.dimensions.TargetGroup, /^targetgroup\/patients-blue-/);
      assert.match(green.metric.dimensions.TargetGroup, /^targetgroup\/patients-green-/);
      const { comparisonOperator, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
      assert.deepEqual(
        [comparisonOperator, alarm.threshold, evaluationPeriods, datapointsToAlarm, treatMissingData],
        [comparison, threshold, periods, periods, "notBreaching"],
      );
    });
  }

  for (const [title, hosts, fires] of [
    ["before the first task is there", {}, false],
    ["while one group has no targets and those of the other are well", { green: 2 }, false],
    ["while both have a healthy target", { blue: 1, green: 1 }, false],
    ["when the only group with targets has no healthy one", { blue: 0 }, true],
    ["when both have targets and none is healthy", { blue: 0, green: 0 }, true],
  ] as const) {
    it(`${fires ? "fire" : "stay quiet"} ${title}`, async () => {
      const alarm = (await alarms()).find(({ name }) => name === "slipway-test-patients-rollback-healthy-hosts")!;
      const expression = alarm.metricQueries[0].expression.replaceAll(/[[\]]/g, "");
      const value = evaluate(expression, { blue: undefined, green: undefined, ...hosts });
      assert.equal(value! < alarm.threshold, fires);
    });
  }

  it("take a deployment back, whatever the strategy", async () => {
    const alarmNames = ["response-time", "server-errors", "healthy-hosts"].map(
      (id) => `slipway-test-patients-rollback-${id}`,
    );
    for (const strategy of [{ kind: "rolling" }, { kind: "canary", percent: 10, bakeMinutes: 10 }] as const) {
      const { inputs } = serviceIn(await service({ strategy }));
      assert.deepEqual(inputs.alarms, { enable: true, rollback: true, alarmNames });
    }
  });

  it("are left out on request", async () => {
    const nodes = await service({ rollbackAlarms: false });
    assert.deepEqual([inputsOf(nodes, alarmType), serviceIn(nodes).inputs.alarms], [[], undefined]);
  });
});
