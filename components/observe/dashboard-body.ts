import * as pulumi from "@pulumi/pulumi";
import type { Watch } from "./watch.ts";

/** A widget as CloudWatch's dashboard body has it. */
interface Widget {
  type: "text" | "metric" | "alarm";
  x: number;
  y: number;
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

// The grid of a dashboard is 24 wide.
const width = 24;
const perRow = 3;
const height = 6;

/**
 * The dashboard of `watches`: all alarms at a glance, then a row of graphs per resource, each with its bound drawn in. Drawn
 * from the same rows as the alarms, so that graph and alarm cannot differ.
 */
export function dashboardBody(
  region: string,
  watches: readonly Watch[],
  alarmArns: readonly string[],
): pulumi.Output<string> {
  const widgets: Widget[] = [
    { type: "alarm", x: 0, y: 0, width, height: 3, properties: { title: "Alarms", alarms: alarmArns } },
  ];
  let y = 3;
  for (const resource of new Set(watches.map((watch) => watch.resource))) {
    const own = watches.filter((watch) => watch.resource === resource);
    widgets.push({ type: "text", x: 0, y, width, height: 1, properties: { markdown: `## ${resource}` } });
    own.forEach((watch, i) => {
      const x = (i % perRow) * (width / perRow);
      const row = y + 1 + Math.floor(i / perRow) * height;
      widgets.push({ type: "metric", x, y: row, width: width / perRow, height, properties: graphOf(region, watch) });
    });
    y += 1 + Math.ceil(own.length / perRow) * height;
  }
  return pulumi.jsonStringify({ start: "-PT3H", periodOverride: "inherit", widgets });
}

function graphOf(region: string, { metrics: places, objective, threshold }: Watch) {
  const { metrics, expression, title, period, severity } = objective;
  const lines = Object.entries(metrics).map(([id, { name, statistic }]) => {
    const { namespace, dimensions } = places[id]!;
    const drawn = { id, stat: statistic, period, visible: expression === undefined };
    return [namespace, name, ...Object.entries(dimensions).flat(), drawn];
  });
  return {
    title,
    region,
    view: "timeSeries",
    metrics: expression === undefined ? lines : [[{ id: "watched", expression, label: title, period }], ...lines],
    yAxis: { left: { min: 0 } },
    annotations: { horizontal: [{ label: severity, value: threshold }] },
  };
}
