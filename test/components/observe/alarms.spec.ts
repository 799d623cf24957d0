import assert from "node:assert/strict";
import { Alarms, type AlarmsArgs } from "../../../components/observe/alarms.ts";
import { graph, inputsOf, type Node } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";
import { resources } from "./resources.ts";

const topics = {
  pageTopicArn: "arn:aws:sns:eu-west-1:123456789012:slipway-test-page",
  ticketTopicArn: "arn:aws:sns:eu-west-1:123456789012:slipway-test-ticket",
};
const runbookUrl = "https://docs.example.com/operations";

const build = async (args: Partial<AlarmsArgs> = {}, preview = false): Promise<Node[]> => {
  const program = () => void new Alarms("alarms", { place, tier: "prod", resources, runbookUrl, ...topics, ...args });
  return (await graph(program, { preview })).nodes;
};
const alarmsIn = (nodes: Node[]) => inputsOf(nodes, "aws:cloudwatch/metricAlarm:MetricAlarm");
const alarm = async (name: string, args: Partial<AlarmsArgs> = {}) =>
  alarmsIn(await build(args)).find((inputs) => inputs["name"] === name)!;

describe("Alarms", () => {
  it("has one alarm per objective of each resource", async () => {
    assert.equal(alarmsIn(await build()).length, 12);
    assert.equal(alarmsIn(await build({ resources: [resources[3]!] })).length, 1);
  });

  it("tells the topic of its severity when it fires and when it ends", async () => {
    for (const { alarmDescription, alarmActions, okActions } of alarmsIn(await build())) {
      const topic = alarmDescription.startsWith("page: ") ? topics.pageTopicArn : topics.ticketTopicArn;
      assert.deepEqual([alarmActions, okActions], [[topic], [topic]]);
    }
  });

  it("watches a single metric plainly", async () => {
    const { namespace, metricName, statistic, dimensions, period, threshold, metricQueries } = await alarm(
      "slipway-test-patients-duration",
    );
    assert.deepEqual(
      [namespace, metricName, statistic, period, threshold, metricQueries],
      ["AWS/Lambda", "Duration", "Maximum", 60, 14_250, undefined],
    );
    assert.deepEqual(dimensions, { FunctionName: "slipway-test-patients" });
  });

  it("watches a rate by metric math, and returns nothing but the rate", async () => {
    const { metricQueries, metricName } = await alarm("slipway-test-api-server-errors");
    const metric = (metricName: string) => {
      const dimensions = { ApiName: "slipway-test-api", Stage: "live" };
      return { namespace: "AWS/ApiGateway", metricName, dimensions, period: 60, stat: "Sum" };
    };
    assert.equal(metricName, undefined);
    assert.deepEqual(metricQueries, [
      {
        id: "watched",
        expression: "IF(errors >= 3, 100 * errors / requests, 0)",
        label: "Answers 5xx, % of all",
        returnData: true,
      },
      { id: "errors", metric: metric("5XXError") },
      { id: "requests", metric: metric("Count") },
    ]);
  });

  it("takes how long and how often from the objective", async () => {
    const { evaluationPeriods, datapointsToAlarm, treatMissingData, comparisonOperator } = await alarm(
      "slipway-test-database-storage",
    );
    assert.deepEqual(
      [evaluationPeriods, datapointsToAlarm, treatMissingData, comparisonOperator],
      [3, 3, "missing", "LessThanThreshold"],
    );
  });

  it("takes the bound of its tier", async () => {
    const bound = async (tier: "dev" | "prod") => (await alarm("slipway-test-api-latency", { tier }))["threshold"];
    assert.deepEqual([await bound("dev"), await bound("prod")], [5000, 2000]);
  });

  it("says what to do", async () => {
    const { alarmDescription } = await alarm("slipway-test-patients-errors");
    assert.equal(alarmDescription, `page: Failed runs, % of all. What to do: ${runbookUrl}#function-errors`);
  });

  it("names its children after itself and the resource", async () => {
    const names = (await build()).map(({ name }) => name);
    assert.ok(names.includes("alarms-patients-errors") && names.includes("alarms-api-server-errors"));
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build({}, true)), outline(await build()));
  });

  for (const [wrong, args, message] of [
    ["a runbook that is no URL", { runbookUrl: "operations" }, /runbookUrl must be a URL, got "operations"/],
    [
      "a resource of another stack",
      { resources: [{ kind: "queue", queueName: "other" }] },
      /resources has "other", whose name does not begin with "slipway-test-"/,
    ],
    [
      "a resource given twice",
      { resources: [resources[3]!, resources[3]!] },
      /resources has "slipway-test-dead-letters" twice/,
    ],
  ] as [string, Partial<AlarmsArgs>, RegExp][]) {
    it(`fails on ${wrong}`, async () => {
      await assert.rejects(build(args), message);
    });
  }
});
