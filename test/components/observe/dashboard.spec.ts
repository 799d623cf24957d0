import assert from "node:assert/strict";
import { Dashboard } from "../../../components/observe/dashboard.ts";
import { watchesOf } from "../../../components/observe/watch.ts";
import { graph, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";
import { resources } from "./resources.ts";

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title: string;
    alarms: string[];
    metrics: unknown[][];
    annotations: { horizontal: { label: string; value: number }[] };
  };
}

const build = (preview = false) =>
  graph(() => ({ url: new Dashboard("overview", { place, tier: "prod", resources }).url }), { preview });
const pageOf = async () => only((await build()).nodes, "aws:cloudwatch/dashboard:Dashboard").inputs;
const widgets = async (): Promise<Widget[]> => JSON.parse((await pageOf())["dashboardBody"]).widgets;

describe("Dashboard", () => {
  it("shows every alarm first", async () => {
    const alarms = watchesOf(resources, "prod").map(
      ({ alarmName }) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${alarmName}`,
    );
    const [first] = await widgets();
    assert.deepEqual([first?.type, first?.properties.alarms], ["alarm", alarms]);
  });

  it("draws each objective with its bound", async () => {
    const drawn = (await widgets())
      .filter(({ type }) => type === "metric")
      .map(({ properties }) => properties.annotations.horizontal[0]);
    const bounds = watchesOf(resources, "prod").map(({ objective, threshold }) => ({
      label: objective.severity,
      value: threshold,
    }));
    assert.deepEqual(drawn, bounds);
  });

  it("draws the rate and hides what it is worked out from", async () => {
    const graphed = (await widgets()).find(({ properties }) => properties.title === "Answers 5xx, % of all");
    const path = ["ApiName", "slipway-test-api", "Stage", "live"];
    assert.deepEqual(graphed?.properties.metrics, [
      [
        {
          id: "watched",
          expression: "IF(errors >= 3, 100 * errors / requests, 0)",
          label: "Answers 5xx, % of all",
          period: 60,
        },
      ],
      ["AWS/ApiGateway", "5XXError", ...path, { id: "errors", stat: "Sum", period: 60, visible: false }],
      ["AWS/ApiGateway", "Count", ...path, { id: "requests", stat: "Sum", period: 60, visible: false }],
    ]);
  });

  it("lays no widget over another and none over the edge", async () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of await widgets()) {
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          assert.ok(column < 24 && !taken.has(`${column} ${row}`));
          taken.add(`${column} ${row}`);
        }
      }
    }
  });

  it("has a chosen name and says where it is", async () => {
    assert.equal((await pageOf())["dashboardName"], "slipway-test-overview");
    const url =
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/slipway-test-overview";
    assert.equal((await build()).outputs["url"], url);
  });

  it("is in the console of its partition", async () => {
    const there = { ...place, partition: "aws-us-gov", region: "us-gov-west-1" };
    const program = () => ({ url: new Dashboard("overview", { place: there, tier: "prod", resources }).url });
    assert.match(
      String((await graph(program)).outputs["url"]),
      /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/cloudwatch\/home\?region=us-gov-west-1#/,
    );
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline((await build(true)).nodes), outline((await build()).nodes));
  });

  it("fails on a resource given twice", async () => {
    const twice = [resources[0]!, resources[0]!];
    await assert.rejects(
      graph(() => void new Dashboard("overview", { place, tier: "dev", resources: twice })),
      /"slipway-test-patients" twice/,
    );
  });
});
