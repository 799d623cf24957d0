import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../../../components/observe/alarms.ts";
import { Dashboard } from "../../../components/observe/dashboard.ts";
import type { Watched } from "../../../components/observe/objectives.ts";
import { watchesOf } from "../../../components/observe/watch.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { place } from "../place.ts";

const service = "slipway-test-patients";
const pair = { loadBalancer: "app/front/1", blue: "targetgroup/blue/1", green: "targetgroup/green/1" };
const resources: readonly Watched[] = [
  { kind: "service", clusterName: "slipway-test-fleet", serviceName: service },
  { kind: "targets", serviceName: service, ...pair },
  { kind: "balancer", balancerName: "slipway-test-front", loadBalancer: pair.loadBalancer },
];
const rowsOf = (tier: "dev" | "prod") =>
  watchesOf(resources, tier).map(({ alarmName, threshold, objective }) => [
    alarmName.replace("slipway-test-", ""),
    `${objective.comparison === "LessThanThreshold" ? "<" : ">"} ${threshold}`,
    `${objective.breaching} of ${objective.periods} x ${objective.period} s`,
    objective.severity,
    objective.missing,
  ]);

describe("objectives of services on Fargate", () => {
  it("are these in prod", () => {
    assert.deepEqual(rowsOf("prod"), [
      ["patients-cpu", "> 90", "15 of 15 x 60 s", "ticket", "missing"],
      ["patients-memory", "> 85", "5 of 5 x 60 s", "page", "missing"],
      ["patients-tasks", "> 0", "15 of 15 x 60 s", "page", "missing"],
      ["patients-targets-healthy-hosts", "< 1", "2 of 2 x 60 s", "page", "breaching"],
      ["patients-targets-server-errors", "> 10", "1 of 1 x 60 s", "page", "notBreaching"],
      ["patients-targets-response-time", "> 2", "5 of 5 x 60 s", "ticket", "notBreaching"],
      ["patients-targets-unhealthy-hosts", "> 0", "10 of 10 x 60 s", "ticket", "notBreaching"],
      ["front-own-errors", "> 10", "2 of 2 x 60 s", "page", "notBreaching"],
      ["front-rejected-connections", "> 0", "2 of 5 x 60 s", "ticket", "notBreaching"],
      ["front-target-connections", "> 5", "3 of 5 x 60 s", "ticket", "notBreaching"],
    ]);
  });

  it("have these bounds in dev", () => {
    const bounds = rowsOf("dev").map(([, bound]) => bound);
    assert.deepEqual(bounds, ["> 95", "> 90", "> 0", "< 1", "> 10", "> 5", "> 0", "> 10", "> 0", "> 10"]);
  });

  const told = { pageTopicArn: "arn:page", ticketTopicArn: "arn:ticket" };
  const built = (watched: readonly Watched[], preview = false) => {
    const program = () => {
      new Alarms("alarms", { place, tier: "prod", resources: watched, ...told });
      new Dashboard("page", { place, tier: "prod", resources: watched });
    };
    return graph(program, { preview });
  };

  it("watch both target groups, and each metric where CloudWatch has it", async () => {
    const { nodes } = await built(resources);
    const named = (name: string) =>
      inputsOf(nodes, "aws:cloudwatch/metricAlarm:MetricAlarm").find((one) => one.name === name)!;
    const [, blue, green] = named(`${service}-targets-healthy-hosts`).metricQueries;
    assert.deepEqual(blue.metric.dimensions, { LoadBalancer: pair.loadBalancer, TargetGroup: pair.blue });
    assert.deepEqual(green.metric.dimensions, { LoadBalancer: pair.loadBalancer, TargetGroup: pair.green });
    const [, wanted] = named(`${service}-tasks`).metricQueries;
    assert.deepEqual(
      [wanted.metric.namespace, wanted.metric.metricName],
      ["ECS/ContainerInsights", "DesiredTaskCount"],
    );
    const { namespace, dimensions } = named(`${service}-memory`);
    assert.deepEqual([namespace, dimensions], ["AWS/ECS", { ClusterName: "slipway-test-fleet", ServiceName: service }]);
  });

  it("stand on the dashboard, also when names come with the resources", async () => {
    const late = pulumi.output("targetgroup/late/1");
    const { nodes } = await built([{ ...resources[1], blue: late } as Watched]);
    const { widgets } = JSON.parse(only(nodes, "aws:cloudwatch/dashboard:Dashboard").inputs.dashboardBody);
    const [, first] = widgets.find(({ type }: any) => type === "metric").properties.metrics;
    assert.deepEqual(first.slice(0, 6), [
      "AWS/ApplicationELB",
      "HealthyHostCount",
      "LoadBalancer",
      pair.loadBalancer,
      "TargetGroup",
      "targetgroup/late/1",
    ]);
  });
});
