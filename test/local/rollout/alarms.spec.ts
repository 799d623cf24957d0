import assert from "node:assert/strict";
import type { Node } from "../../../local/graph.ts";
import { LocalAlarms } from "../../../local/rollout/alarms.ts";
import { Metrics } from "../../../local/rollout/metrics.ts";

const series = (dimensions: Record<string, string> = {}) => ({ namespace: "Tests", metricName: "Errors", dimensions });
const minute = 60_000;

function alarmed(inputs: object) {
  const metrics = new Metrics();
  const clock = { now: 10 * minute };
  const standard = {
    ...{ name: "a", comparisonOperator: "GreaterThanThreshold", threshold: 1, evaluationPeriods: 1 },
    ...{ namespace: "Tests", metricName: "Errors", statistic: "Sum", period: 60, treatMissingData: "notBreaching" },
  };
  const node = {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: { ...standard, ...inputs },
  } as unknown as Node;
  const alarms = new LocalAlarms([node], metrics, () => clock.now);
  /** Puts values, one a minute; the last belongs to the minute that has just ended. */
  const put = (...values: (number | undefined)[]) =>
    values.forEach(
      (value, at) => value !== undefined && metrics.put(series(), value, clock.now - (values.length - at) * minute),
    );
  return { put, metrics, clock, alarms, state: () => alarms.states(["a"])[0]!.state };
}

describe("local alarms", () => {
  it("look at the last whole period, not at the one that has begun", () => {
    const { metrics, clock, state } = alarmed({});
    metrics.put(series(), 5, clock.now);
    assert.equal(state(), "OK");
    clock.now += minute - 1;
    assert.equal(state(), "OK");
    clock.now += 1;
    assert.equal(state(), "ALARM");
    clock.now += minute;
    assert.equal(state(), "OK");
  });

  it("fire when so many of the last periods breach", () => {
    const { put, state } = alarmed({ evaluationPeriods: 5, datapointsToAlarm: 3 });
    put(5, 0, 5, 0, 0);
    assert.equal(state(), "OK");
    put(0, 0, 0, 0, 5);
    assert.equal(state(), "ALARM");
  });

  for (const [treatMissingData, silent, gap] of [
    ["notBreaching", "OK", "OK"],
    ["breaching", "ALARM", "ALARM"],
    ["missing", "INSUFFICIENT_DATA", "OK"],
  ] as const) {
    it(`are ${silent} in silence and ${gap} with a gap, when missing data is ${treatMissingData}`, () => {
      const { put, state } = alarmed({ treatMissingData, evaluationPeriods: 2, datapointsToAlarm: 1 });
      assert.equal(state(), silent);
      put(undefined, 0);
      assert.equal(state(), gap);
    });
  }

  for (const [comparisonOperator, at, states] of [
    ["GreaterThanThreshold", 1, ["OK", "ALARM"]],
    ["GreaterThanOrEqualToThreshold", 1, ["ALARM", "ALARM"]],
    ["LessThanThreshold", 1, ["OK", "OK"]],
    ["LessThanOrEqualToThreshold", 1, ["ALARM", "OK"]],
  ] as const) {
    it(`compare by ${comparisonOperator}`, () => {
      const found = [at, at + 1].map((value) => {
        const { put, state } = alarmed({ comparisonOperator });
        put(value);
        return state();
      });
      assert.deepEqual(found, states);
    });
  }

  for (const [statistic, expected] of [
    ["Sum", 60],
    ["Average", 12],
    ["Maximum", 50],
    ["Minimum", 1],
    ["SampleCount", 5],
    ["p95", 50],
    ["p50", 3],
  ] as const) {
    it(`know ${statistic}`, () => {
      const metrics = new Metrics();
      for (const value of [50, 1, 2, 3, 4]) metrics.put(series(), value, 0);
      assert.equal(metrics.statistic(series(), statistic, 0, minute), expected);
    });
  }

  it("tell metrics apart by their dimensions, and look at the version they are told to", () => {
    const dimensions = { FunctionName: "f", ExecutedVersion: "1" };
    const metric = { namespace: "Tests", metricName: "Errors", period: 60, stat: "Sum", dimensions };
    const metricQueries = [
      { id: "watched", expression: "IF(e > 1, e, 0)", returnData: true },
      { id: "e", metric },
    ];
    const { metrics, clock, alarms, state } = alarmed({ metricQueries, threshold: 0 });
    metrics.put(series({ FunctionName: "f", ExecutedVersion: "2" }), 9, clock.now - 1);
    assert.equal(state(), "OK");
    alarms.watch(["a"], "2");
    assert.equal(state(), "ALARM");
  });

  it("do not know alarms that are not in the graph", () => {
    assert.deepEqual(alarmed({}).alarms.states(["nobody"]), []);
  });

  it("fail on a statistic they do not know", () => {
    const { put, state } = alarmed({ statistic: "TM(10%:90%)" });
    put(1);
    assert.throws(state, /statistic "TM\(10%:90%\)" is not known/);
  });
});
