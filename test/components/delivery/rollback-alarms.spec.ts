import assert from "node:assert/strict";
import { Rollout } from "../../../components/delivery/rollout.ts";
import { graph, inputsOf, type Node } from "../../../local/graph.ts";
import { evaluate, type Variables } from "../../../local/rollout/expression.ts";
import { place } from "../place.ts";

type Alarm = Node["inputs"];

const functionName = "slipway-test-patients";
const standard = { place, part: "patients", functionName, version: "14", logGroupName: `/aws/lambda/${functionName}` };

/** The alarms on a new version, by the last words of their names. */
async function alarmsOf(tier: "dev" | "prod"): Promise<Record<string, Alarm>> {
  const { nodes } = await graph(() => void new Rollout("patients-rollout", { ...standard, tier }));
  const alarms = inputsOf(nodes, "aws:cloudwatch/metricAlarm:MetricAlarm");
  return Object.fromEntries(alarms.map((alarm) => [alarm.name.replace(`${functionName}-new-`, ""), alarm]));
}

const many = (failures: string) =>
  `IF(${failures} > 10 OR (${failures} >= 3 AND ${failures} * 20 > FILL(runs, 0)), ${failures}, 0)`;

describe("rollback alarms of a function", () => {
  let alarms: Record<string, Alarm>;
  before(async () => void (alarms = await alarmsOf("prod")));

  for (const [id, expression, threshold, metrics, minutes] of [
    ["errors", many("errors"), 0, "Errors Sum, Invocations Sum", { prod: 1, dev: 1 }],
    ["server-errors", many("failures"), 0, "ServerErrors Sum, Invocations Sum", { prod: 1, dev: 1 }],
    ["duration", "IF(runs >= 3, duration, 0)", 5000, "Duration p95, Invocations Sum", { prod: 5, dev: 1 }],
  ] as const) {
    it(`watch ${id} by exactly this measure and bound`, async () => {
      const [watched, ...series] = alarms[id]!.metricQueries;
      assert.deepEqual([watched.expression, watched.returnData], [expression, true]);
      assert.deepEqual([alarms[id]!.threshold, alarms[id]!.comparisonOperator], [threshold, "GreaterThanThreshold"]);
      const read = series.map(({ metric }: Alarm) => `${metric.metricName} ${metric.stat}`).join(", ");
      assert.deepEqual([read, series.map(({ metric }: Alarm) => metric.period)], [metrics, [60, 60]]);
      for (const tier of ["prod", "dev"] as const) {
        const { evaluationPeriods, datapointsToAlarm } = (await alarmsOf(tier))[id]!;
        assert.deepEqual([evaluationPeriods, datapointsToAlarm], [minutes[tier], minutes[tier]]);
      }
    });
  }

  const fires = (id: string, variables: Variables) => {
    const { metricQueries, threshold } = alarms[id]!;
    return (evaluate(metricQueries[0].expression, variables) ?? 0) > threshold;
  };

  for (const [failures, runs, expected] of [
    [11, 1000, true],
    [10, 1000, false],
    [3, 59, true],
    [3, 60, false],
    [2, 2, false],
    [3, undefined, true],
    [undefined, 100, false],
  ] as const) {
    it(`${expected ? "fire" : "are quiet"} at ${failures ?? "no"} failures of ${runs ?? "unknown"} runs`, () => {
      assert.deepEqual(
        [fires("errors", { errors: failures, runs }), fires("server-errors", { failures, runs })],
        [expected, expected],
      );
    });
  }

  for (const [duration, runs, expected] of [
    [5001, 3, true],
    [5000, 3, false],
    [60_000, 2, false],
    [undefined, undefined, false],
  ] as const) {
    it(`${expected ? "fire" : "are quiet"} at ${duration ?? "no"} ms in ${runs ?? "no"} runs`, () => {
      assert.equal(fires("duration", { duration, runs }), expected);
    });
  }
});
